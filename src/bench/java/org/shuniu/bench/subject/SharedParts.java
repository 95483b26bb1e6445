package org.shuniu.bench.subject;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.deployers.impl.FileConfigurationParser;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.shuniu.embedded.DemoSecrets;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.partner.PartnerFiles;

/** A PostgreSQL and a broker with the settings of {@code docker/}, as a process of its own that several hubs share. */
public final class SharedParts implements Program {

    private static final String FRONT_END = "disabled_federation";
    private static final String ANYWHERE = "tcp://0.0.0.0:61616";

    @Override
    public String label() {
        return "database and broker";
    }

    @Override
    public List<String> prepare(Path directory, int port, int partnersPort) {
        return Program.of(
                SharedParts.class,
                directory.resolve("data").toString(),
                Integer.toString(port),
                Path.of("").toAbsolutePath().toString());
    }

    /** @param arguments data directory, the broker's port, the project */
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        Path project = Path.of(arguments[2]);
        EmbeddedDatabase database = EmbeddedDatabase.start(data.resolve("postgres"), 0);
        Runtime.getRuntime().addShutdownHook(new Thread(database::close));
        database.createFrontEnd(FRONT_END, "hub");
        DemoSecrets.make(data.resolve("secrets"), new PartnerFiles(project.resolve("routes")));
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(settings(project.resolve("docker/broker.xml"), data.resolve("broker"), arguments[1]));
        broker.start();
        System.out.println(RunningSubject.READY);
    }

    private static Configuration settings(Path given, Path files, String port) throws Exception {
        Configuration configuration;
        try (InputStream file = Files.newInputStream(given)) {
            configuration = new FileConfigurationParser().parseMainConfig(file);
        }
        configuration.setAcceptorConfigurations(new HashSet<>());
        return configuration
                .setSecurityEnabled(false)
                .setJournalDirectory(files.resolve("journal").toString())
                .setBindingsDirectory(files.resolve("bindings").toString())
                .setPagingDirectory(files.resolve("paging").toString())
                .setLargeMessagesDirectory(files.resolve("large").toString())
                .addAcceptorConfiguration("hub", "tcp://127.0.0.1:" + port + "?protocols=CORE");
    }

    /** What makes a hub one of those that share these parts; its secrets are theirs. */
    static List<String> settings(RunningSubject parts) throws IOException {
        String server = parts.databaseUrl().replaceFirst("/shuniu\\?.*", "/");
        return List.of(
                "--shuniu.simulator.enabled=false",
                "--shuniu.exchange.enabled=false",
                // What is not measured rests: nobody answers there.
                "--shuniu.files.look=0 0 0 1 1 ? 2099",
                "--shuniu.secrets-dir=" + parts.secrets(),
                "--shuniu.database.embedded=false",
                "--shuniu.database.url=" + server + EmbeddedDatabase.HUB,
                "--shuniu.database.username=postgres",
                "--shuniu.partners.disabled-federation.url=" + server + FRONT_END,
                "--spring.artemis.mode=native",
                "--spring.artemis.broker-url=tcp://127.0.0.1:%d".formatted(parts.port()));
    }
}
