package org.shuniu.command;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.shuniu.HubProperties;
import org.shuniu.conformance.ConformanceProperties;
import org.shuniu.embedded.FrontEnds;
import org.shuniu.fault.Fault;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

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
        CommandSettings settings = new CommandSettings(new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(quiet));
        settings.standIn();
        return settings;
    }

    /** What the demo knows only once its embedded database runs. */
    private void standIn() {
        HubProperties.Database database = bind("shuniu.database", HubProperties.Database.class);
        if (database.embedded()) {
            Map<String, Object> addresses = FrontEnds.settings(
                    database.frontEnds(), name -> "jdbc:postgresql://127.0.0.1:%d/%s".formatted(database.port(), name));
            context.getEnvironment()
                    .getPropertySources()
                    .addLast(new MapPropertySource("front-end databases of the demo", addresses));
        }
    }

    <T> T bind(String prefix, Class<T> type) {
        return Binder.get(context.getEnvironment()).bindOrCreate(prefix, type);
    }

    /** Fills in {@code ${…}} as the hub does. */
    UnaryOperator<String> placeholders() {
        return context.getEnvironment()::resolveRequiredPlaceholders;
    }

    /** What is wrong with them. */
    List<Fault> faults() {
        return new SettingsCheck(context.getEnvironment()).run();
    }

    String text(String setting) {
        return context.getEnvironment().getRequiredProperty(setting);
    }

    /** The folder that a setting names, whatever is wrong with others. */
    Path folder(String setting) {
        return Path.of(context.getEnvironment().getRequiredProperty(setting));
    }

    /** The file that a setting names, where it is there. */
    Optional<Path> file(String setting) {
        return Optional.of(context.getEnvironment().getProperty(setting, ""))
                .filter(said -> !said.isBlank())
                .map(Path::of)
                .filter(Files::isRegularFile);
    }

    /** Whether they are those of a hub that serves real people. */
    boolean areOfProduction() {
        return context.getEnvironment().matchesProfiles("production");
    }

    /** Whether a department with a contract must have passed its suite; what else is wrong with the setting its check tells. */
    boolean isConformanceRequired() {
        try {
            return bind("shuniu.conformance", ConformanceProperties.class).required();
        } catch (BindException noBoolean) {
            return false;
        }
    }

    /** Where a hub with these settings is on this machine. */
    URI ownAddress() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("server.port", "8080"));
    }

    @Override
    public void close() {
        context.close();
    }
}
