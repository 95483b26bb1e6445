package org.shuniu.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Ends the process when its standard input ends. The system closes that whatever becomes of the process at its other end, and
 * also when that is killed.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("shuniu.simulator.ends-with-input")
class EndWithInputConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(EndWithInputConfiguration.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Early, so that a hub which is still starting hears it too. */
    @Bean
    static BeanFactoryPostProcessor endWithInput() {
        return beans -> daemon("end-with-input", () -> {
            awaitEnd(System.in);
            daemon("end-at-last", EndWithInputConfiguration::haltAfterPatience);
            System.exit(0);
        });
    }

    private static void awaitEnd(InputStream input) {
        try {
            input.transferTo(OutputStream.nullOutputStream());
            LOG.info("Whoever started this hub is gone: it ends");
        } catch (IOException broken) {
            LOG.info("The standard input broke, and this hub ends: {}", broken.toString());
        }
    }

    private static void haltAfterPatience() {
        try {
            Thread.sleep(PATIENCE.toMillis());
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
