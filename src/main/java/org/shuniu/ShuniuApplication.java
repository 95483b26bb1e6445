package org.shuniu;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the hub: with embedded parts and simulated partners by default, bare in the profile {@code production}. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class ShuniuApplication {

    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(ShuniuApplication.class);
        application.addInitializers(new ProductionSettings());
        try {
            application.run(arguments);
        } catch (ProductionSettings.Refused refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }
}
