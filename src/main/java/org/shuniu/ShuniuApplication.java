package org.shuniu;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the hub: with embedded parts and simulated partners by default, bare in the profile {@code production}. */
@SpringBootApplication
public class ShuniuApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(ShuniuApplication.class, arguments);
    }
}
