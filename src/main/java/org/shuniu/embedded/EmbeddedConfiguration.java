package org.shuniu.embedded;

import java.nio.file.Path;
import org.shuniu.HubProperties;
import org.shuniu.partner.PartnerFiles;
import org.shuniu.partner.Secrets;
import org.shuniu.store.DatabaseAddress;
import org.shuniu.swap.SecretsAtHand;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** The parts that make the demo run on a machine with nothing but a JDK. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("shuniu.database.embedded")
class EmbeddedConfiguration {

    private static final String GUEST = "hub";

    /** Before anything else: the port of the exchange is opened with these files. */
    @Bean
    static BeanFactoryPostProcessor demoExchange(Environment environment) {
        return beans -> {
            if (environment.getProperty("shuniu.exchange.enabled", Boolean.class, false)) {
                DemoExchange.make(Path.of(environment.getRequiredProperty("shuniu.secrets-dir")));
            }
        };
    }

    @Bean
    Secrets secrets(HubProperties hub) {
        DemoSecrets.make(hub.secretsDir(), new PartnerFiles(hub.routesDir()));
        return Secrets.of(hub.secretsDir(), System.getenv());
    }

    /** Partners that come while the demo runs get secrets as those did that were there at its start. */
    @Bean
    SecretsAtHand demoSecretsAtHand(HubProperties hub) {
        return routes -> DemoSecrets.make(hub.secretsDir(), new PartnerFiles(routes));
    }

    @Bean
    EmbeddedDatabase embeddedDatabase(HubProperties hub) {
        return EmbeddedDatabase.start(
                hub.dataDir().toAbsolutePath().normalize().resolve("postgres"),
                hub.database().port());
    }

    /** Makes the front-end databases too and publishes where they are. */
    @Bean
    DatabaseAddress databaseAddress(EmbeddedDatabase database, HubProperties hub, ConfigurableEnvironment environment) {
        FrontEnds.partners(hub).forEach(partner -> database.createFrontEnd(FrontEnds.database(partner), GUEST));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "embedded front-end databases",
                        FrontEnds.settings(hub.database().frontEnds(), database::url)));
        return database.address();
    }

    @Bean
    Welcome welcome(ConfigurableEnvironment environment, HubProperties hub, Secrets secrets) {
        return new Welcome(environment, secrets, new PartnerFiles(hub.routesDir()).senders());
    }
}
