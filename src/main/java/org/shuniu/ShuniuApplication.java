package org.shuniu;

import java.util.Arrays;
import java.util.Optional;
import org.shuniu.command.Command;
import org.shuniu.command.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the hub: with embedded parts and simulated partners by default, bare in the profile {@code production}.
 *
 * <p>A first argument that is no option names a command instead.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class ShuniuApplication {

    public static void main(String[] arguments) {
        Optional<Command> command = Commands.named(arguments);
        if (command.isPresent()) {
            System.exit(command.get().run(Arrays.copyOfRange(arguments, 1, arguments.length)));
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
