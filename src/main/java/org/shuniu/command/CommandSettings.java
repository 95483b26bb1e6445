package org.shuniu.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The hub's settings, from the same files, options and environment, without a hub. */
final class CommandSettings implements AutoCloseable {

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    private final ConfigurableApplicationContext context;

    private CommandSettings(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static CommandSettings of(String... options) {
        String[] quiet = new String[options.length + 1];
        System.arraycopy(options, 0, quiet, 0, options.length);
        quiet[options.length] = "--logging.level.root=ERROR";
        return new CommandSettings(new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(quiet));
    }

    <T> T bind(String prefix, Class<T> type) {
        return Binder.get(context.getEnvironment()).bindOrCreate(prefix, type);
    }

    /** Fills in {@code ${…}} as the hub does. */
    UnaryOperator<String> placeholders() {
        return context.getEnvironment()::resolveRequiredPlaceholders;
    }

    /** The file that a setting names, where it is there. */
    Optional<Path> file(String setting) {
        return Optional.of(context.getEnvironment().getProperty(setting, ""))
                .filter(said -> !said.isBlank())
                .map(Path::of)
                .filter(Files::isRegularFile);
    }

    @Override
    public void close() {
        context.close();
    }
}
