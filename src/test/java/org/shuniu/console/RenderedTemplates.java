package org.shuniu.console;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.expression.ThymeleafEvaluationContext;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/** The console's pages as they are written for a browser, for somebody who has logged in, without a hub. */
final class RenderedTemplates implements AutoCloseable {

    private final SpringTemplateEngine engine = new SpringTemplateEngine();
    private final StaticApplicationContext beans = new StaticApplicationContext();
    private final MockHttpServletRequest request;

    /** @param routes where the folders of the partners are; whoever has none is called by his id */
    RenderedTemplates(ConsoleUser who, String address, Path routes) {
        ResourceBundleMessageSource words = new ResourceBundleMessageSource();
        words.setBasename("console/messages");
        words.setDefaultEncoding("UTF-8");
        words.setFallbackToSystemLocale(false);
        PartnerDirectory partners = PartnerDirectory.load(routes, text -> text);
        Catalogue catalogue = Catalogue.load(Path.of("mappings"));
        beans.getBeanFactory().registerSingleton("shown", new Shown(catalogue, partners, words));
        ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
        templates.setPrefix("templates/");
        templates.setSuffix(".html");
        templates.setTemplateMode(TemplateMode.HTML);
        engine.setTemplateResolver(templates);
        engine.setTemplateEngineMessageSource(words);
        request = new MockHttpServletRequest("GET", address);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        SecurityContextHolder.getContext()
                .setAuthentication(new UsernamePasswordAuthenticationToken(who, "", who.getAuthorities()));
    }

    String page(String template, Locale locale, Map<String, Object> model) {
        LocaleContextHolder.setLocale(locale);
        WebContext context = new WebContext(
                JakartaServletWebApplication.buildApplication(new MockServletContext())
                        .buildExchange(request, new MockHttpServletResponse()),
                locale,
                new HashMap<>(model));
        context.setVariable(
                ThymeleafEvaluationContext.THYMELEAF_EVALUATION_CONTEXT_CONTEXT_VARIABLE_NAME,
                new ThymeleafEvaluationContext(beans, null));
        return engine.process(template, context);
    }

    @Override
    public void close() {
        RequestContextHolder.resetRequestAttributes();
        SecurityContextHolder.clearContext();
        LocaleContextHolder.resetLocaleContext();
    }
}
