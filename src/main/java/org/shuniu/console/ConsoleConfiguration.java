package org.shuniu.console;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.access.AccessTokens;
import org.shuniu.audit.AuditLog;
import org.shuniu.gateway.WholeBody;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/** The console's own door beside that of the programs: a login form, a session, and forms that nobody else can send. */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration {

    private static final String CONTENT =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    /** Forms on their way; one address has three quarters of them at most. */
    private static final int FORMS_ARRIVING = 200;

    private static final String LOGIN = "/login";
    static final String OF_HTMX = "HX-Request";

    @Bean
    PasswordEncoder passwords() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    @DependsOnDatabaseInitialization
    ConsoleUsers consoleUsers(
            Pools pools,
            AuditLog audit,
            PasswordEncoder passwords,
            Secrets secrets,
            ConsoleProperties limits,
            Vault vault,
            AccessTokens tokens,
            PartnerDirectory partners) {
        return new ConsoleUsers(
                pools,
                audit,
                passwords,
                secrets,
                limits,
                vault,
                name -> tokens.knows(name) || partners.find(name).isPresent());
    }

    @Bean
    Sessions sessions(ConsoleProperties limits, Clock clock) {
        return new Sessions(limits, clock);
    }

    /** @param alwaysSecure where the gateway before the hub ends TLS, whatever it says of a request */
    @Bean
    SealedCookie.Jar cookies(
            Vault vault, Clock clock, @Value("${server.servlet.session.cookie.secure:false}") boolean alwaysSecure) {
        return new SealedCookie.Jar(vault, clock, alwaysSecure);
    }

    @Bean
    FormTokens formTokens(SealedCookie.Jar jar) {
        return new FormTokens(jar);
    }

    @Bean
    OidcSubjects oidcSubjects(Pools pools, AuditLog audit) {
        return new OidcSubjects(pools, audit);
    }

    /** Before the console's own filters, which read forms: until all of one is here, it has no thread. */
    @Bean
    FilterRegistrationBean<WholeBody> wholeForms(
            ConsoleProperties limits, @Value("${shuniu.exchange.port}") int exchangePort) {
        return whole(
                "wholeForms",
                limits,
                exchangePort,
                PageGate::isKnown,
                request -> request.getSession().getId());
    }

    /** Strangers have places of their own: they can't take those of people who are logged in. */
    @Bean
    FilterRegistrationBean<WholeBody> wholeLogins(
            ConsoleProperties limits, @Value("${shuniu.exchange.port}") int exchangePort) {
        return whole(
                "wholeLogins",
                limits,
                exchangePort,
                request -> !PageGate.isKnown(request),
                request -> ByPassword.network(request.getRemoteAddr()));
    }

    private static FilterRegistrationBean<WholeBody> whole(
            String name,
            ConsoleProperties limits,
            int exchangePort,
            Predicate<HttpServletRequest> whose,
            Function<HttpServletRequest, String> sender) {
        PageAddresses pages = new PageAddresses(exchangePort);
        FilterRegistrationBean<WholeBody> registration = new FilterRegistrationBean<>(new WholeBody(
                limits.formDeadline(),
                FORMS_ARRIVING,
                PageGate.LARGEST_DRAFT,
                request -> pages.matches(request) && PageGate.isSmall(request) && whose.test(request),
                sender,
                FormRequest::new));
        registration.setName(name);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        registration.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 1);
        return registration;
    }

    @Bean
    Visitors visitors(ConsoleUsers users, OidcSubjects subjects) {
        return new Visitors(users, subjects);
    }

    @Bean
    @Order(0)
    SecurityFilterChain pages(
            HttpSecurity http,
            ConsoleUsers users,
            PasswordEncoder passwords,
            Sessions sessions,
            SealedCookie.Jar jar,
            FormTokens forms,
            ObjectProvider<OidcDoor> oidc,
            @Value("${shuniu.exchange.port}") int exchangePort)
            throws Exception {
        ByPassword byPassword = new ByPassword(users);
        byPassword.setPasswordEncoder(passwords);
        AskedPage returnTo = new AskedPage(jar);
        LoginTrail trail = new LoginTrail(
                who -> users.succeeded(who.getName(), ByPassword.address(who.getDetails())), sessions, returnTo);
        // The other door has put a login into the audit log before it is one.
        oidc.ifAvailable(door -> door.into(http, new LoginTrail(who -> {}, sessions, returnTo), CONTENT));
        return http.securityMatcher(new PageAddresses(exchangePort))
                .authenticationManager(new ProviderManager(byPassword))
                .csrf(form -> form.csrfTokenRepository(forms))
                .requestCache(cache -> cache.requestCache(returnTo))
                .authorizeHttpRequests(page -> page.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                        .permitAll()
                        // A session opens nothing that is for programs, however its address is written.
                        .requestMatchers("/api/**", "/ops/**", "/callback/**", "/partner/**", "/actuator/**")
                        .denyAll()
                        .requestMatchers(LOGIN, OidcDoor.REFUSED, "/console/**", "/webjars/**")
                        .permitAll()
                        .anyRequest()
                        .hasRole(ConsoleUser.DOOR))
                .formLogin(form -> form.loginPage(LOGIN)
                        .successHandler(trail)
                        .failureHandler((request, response, failure) -> refused(users, request, response, failure)))
                .logout(out -> out.logoutUrl("/logout").logoutSuccessUrl("/login?out"))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
                .exceptionHandling(refusal -> refusal.authenticationEntryPoint(
                                (request, response, unknown) -> toLogin(request, response))
                        .accessDeniedHandler(ConsoleConfiguration::refuse))
                .addFilterBefore(new PageGate(sessions), HeaderWriterFilter.class)
                .build();
    }

    /** The answer is the same for all: it does not say which names there are. */
    private static void refused(
            ConsoleUsers users, HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        if (ByPassword.isCounted(why)) {
            // As the name was looked for, without blanks around it.
            String name = String.valueOf(request.getParameter("username")).trim();
            users.failed(name, ByPassword.network(request.getRemoteAddr()));
        }
        response.sendRedirect("/login?refused");
    }

    /** A part of a page that is fetched without a session must not become the login form inside the page. */
    static void toLogin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getHeader(OF_HTMX) == null) {
            response.sendRedirect(LOGIN);
        } else {
            response.setHeader("HX-Refresh", "true");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }

    /** A form from a session that has ended is sent again after the login; everything else is refused on a page. */
    private static void refuse(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        try {
            if (why instanceof CsrfException
                    && SecurityContextHolder.getContext().getAuthentication() == null) {
                response.sendRedirect("/login?expired");
            } else {
                response.setStatus(HttpServletResponse.SC_FORBIDDEN);
                request.getRequestDispatcher("/console/refused").forward(request, response);
            }
        } catch (ServletException failure) {
            throw new IOException(failure);
        }
    }

    /** Chinese until somebody chooses English; the choice is remembered. */
    @Bean
    LocaleResolver localeResolver() {
        CookieLocaleResolver cookie = new CookieLocaleResolver("shuniu-lang") {
            @Override
            protected @Nullable Locale parseLocaleValue(String value) {
                return language(value).orElse(null);
            }
        };
        cookie.setDefaultLocale(Locale.SIMPLIFIED_CHINESE);
        cookie.setCookieMaxAge(Duration.ofDays(365));
        cookie.setCookieHttpOnly(true);
        cookie.setCookieSameSite("Lax");
        return cookie;
    }

    /** The console's two. Whoever looks for the words of a language that there is not leaves something in the JVM for good. */
    private static Optional<Locale> language(String value) {
        return Stream.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)
                .filter(one -> one.toLanguageTag().equals(value.replace('_', '-')))
                .findFirst();
    }

    /**
     * Only for pages: it reads a parameter of the request, and entries for programs are read by nobody before them. A draft of the
     * workbench is sent with the choice, so that it is not lost.
     */
    @Bean
    WebMvcConfigurer languages() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(choiceOfLanguage("GET"))
                        .addPathPatterns("/**")
                        .excludePathPatterns(
                                "/api/**", "/ops/**", "/callback/**", "/partner/**", "/actuator/**", "/error");
                registry.addInterceptor(choiceOfLanguage("POST")).addPathPatterns("/workbench/**");
            }
        };
    }

    private static LocaleChangeInterceptor choiceOfLanguage(String method) {
        LocaleChangeInterceptor choice = new LocaleChangeInterceptor() {
            @Override
            protected @Nullable Locale parseLocaleValue(String value) {
                return language(value).orElseThrow(() -> new IllegalArgumentException("There are zh-CN and en"));
            }
        };
        choice.setParamName("lang");
        choice.setHttpMethods(method);
        choice.setIgnoreInvalidLocale(true);
        return choice;
    }
}
