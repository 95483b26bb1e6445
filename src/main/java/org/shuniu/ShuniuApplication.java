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

    private static final int WITHOUT_UNSAFE_MEMORY = 24;

    public static void main(String[] arguments) {
        letTheBrokerGiveMemoryBack();
        OptionalInt ended = Commands.run(arguments);
        if (ended.isPresent()) {
            System.exit(ended.getAsInt());
        }
        runHub(arguments);
    }

    /** Since Java 24 Netty takes memory in a way that the embedded broker can't give back: it opens its journal no second time. */
    private static void letTheBrokerGiveMemoryBack() {
        if (Runtime.version().feature() >= WITHOUT_UNSAFE_MEMORY && System.getProperty("io.netty.noUnsafe") == null) {
            System.setProperty("io.netty.noUnsafe", "false");
        }
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
