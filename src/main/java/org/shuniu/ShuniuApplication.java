package org.shuniu;

import java.util.OptionalInt;
import org.shuniu.command.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the hub: with embedded parts and simulated partners by default, bare in the profile {@code production}.
 *
 * <p>An argument that is no option names a command instead.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class ShuniuApplication {

    public static void main(String[] arguments) {
        OptionalInt ended = Commands.run(arguments);
        if (ended.isPresent()) {
            System.exit(ended.getAsInt());
        }
        runHub(arguments);
    }

    private static void runHub(String[] arguments) {
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
