package org.shuniu.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;

/** Says which entry is for whom; everything that is not named is closed. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    private static final String PROBLEM =
            "{\"type\":\"urn:shuniu:problem:%s\",\"title\":\"%s\",\"status\":%d,\"traceId\":\"%s\",\"findings\":[]}";

    /** Pages of the hub bring their own scripts and styles; nothing inline, nothing from elsewhere. */
    private static final String CONTENT =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Bean
    SecurityFilterChain entries(HttpSecurity http, AccessTokens tokens) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT)))
                .authorizeHttpRequests(entry -> entry.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(
                                "/openapi.yaml",
                                "/openapi.json",
                                "/chx-openapi.yaml",
                                "/schemas/*",
                                "/api.html",
                                "/api.js",
                                "/api.css",
                                "/favicon.ico",
                                "/error")
                        .permitAll()
                        // Whether it is up, for probes; what is down, and how much of everything, is not for strangers.
                        .requestMatchers("/actuator/health", "/actuator/health/readiness")
                        .permitAll()
                        .requestMatchers("/actuator/health/**")
                        .hasRole(AccessTokens.Role.OPERATOR.name())
                        .requestMatchers("/actuator/prometheus")
                        .hasAnyRole(AccessTokens.Role.FIGURES.name(), AccessTokens.Role.OPERATOR.name())
                        // The exchange's own door, behind this one, asks for certificate and signature.
                        .requestMatchers("/partner/v1/**")
                        .permitAll()
                        .requestMatchers("/api/v1/**")
                        .hasRole(AccessTokens.Role.SENDER.name())
                        .requestMatchers("/callback/v1/**")
                        .hasRole(AccessTokens.Role.CALLBACK.name())
                        .requestMatchers("/ops/v1/comparisons/**", "/ops/v1/rehearsals/**")
                        .hasAnyRole(AccessTokens.Role.ENGINEER.name(), AccessTokens.Role.OPERATOR.name())
                        // Whoever steers flows sees what is in force; another changes it.
                        .requestMatchers(HttpMethod.GET, "/ops/v1/swap/**")
                        .hasAnyRole(AccessTokens.Role.ENGINEER.name(), AccessTokens.Role.OPERATOR.name())
                        .requestMatchers("/ops/v1/swap/**")
                        .hasRole(AccessTokens.Role.ENGINEER.name())
                        .requestMatchers("/ops/v1/**")
                        .hasRole(AccessTokens.Role.OPERATOR.name())
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(refusal -> refusal.authenticationEntryPoint((request, response, failure) ->
                                refuse(response, 401, "unauthorised", "A bearer token that the hub knows is required"))
                        .accessDeniedHandler((request, response, failure) ->
                                refuse(response, 403, "not-allowed", "This token does not open this entry")))
                .addFilterBefore(new BearerFilter(tokens), UsernamePasswordAuthenticationFilter.class)
                .build();
    }

    /** Each of the chain's many filters would be measured for every request. */
    @Bean
    SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** Tokens are the only way in; without this bean the framework would invent a user and print its password. */
    @Bean
    AuthenticationManager noPasswords() {
        return authentication -> {
            throw new ProviderNotFoundException("The hub knows bearer tokens only");
        };
    }

    private static void refuse(HttpServletResponse response, int status, String name, String title) throws IOException {
        response.setStatus(status);
        response.setContentType("application/problem+json");
        if (status == 401) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        String problem = PROBLEM.formatted(name, title, status, UUID.randomUUID());
        response.getOutputStream().write(problem.getBytes(StandardCharsets.UTF_8));
    }
}
