package org.shuniu.bench.textbook;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.shuniu.bench.subject.RunningSubject;
import org.shuniu.embedded.EmbeddedDatabase;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * The same exchange as the manuals of Spring Boot and Camel teach it: a controller, transacted JMS consumers with their
 * defaults, a database transaction for each leg, an insert for each step.
 */
@SpringBootApplication
public class Textbook {

    /** @param arguments data directory, own port, partners' port */
    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        EmbeddedDatabase database = EmbeddedDatabase.start(data.resolve("postgres"), 0);
        Runtime.getRuntime().addShutdownHook(new Thread(database::close));
        System.setProperty("spring.config.name", "textbook");
        System.setProperty("textbook.data", data.toString());
        System.setProperty("textbook.partners", "http://127.0.0.1:" + arguments[2]);
        System.setProperty("server.port", arguments[1]);
        System.setProperty("spring.datasource.url", database.url(EmbeddedDatabase.HUB));
        SpringApplication.run(Textbook.class, arguments)
                .getBean(JdbcTemplate.class)
                .execute(tables());
        System.out.println(RunningSubject.READY);
    }

    private static String tables() throws IOException {
        try (InputStream tables = Textbook.class.getResourceAsStream("/floor.sql")) {
            return new String(tables.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Bean
    DataSourceTransactionManager databaseTransactions(DataSource database) {
        return new DataSourceTransactionManager(database);
    }

    /** Camel's manual: local transactions with a cached consumer where no XA is needed; all else as it comes. */
    @Bean
    JmsComponent jms(ConnectionFactory broker) {
        JmsComponent jms = new JmsComponent();
        jms.setConnectionFactory(broker);
        jms.setTransacted(true);
        jms.setLazyCreateTransactionManager(false);
        jms.setCacheLevelName("CACHE_CONSUMER");
        return jms;
    }

    @Bean
    SpringTransactionPolicy databaseRequired(DataSourceTransactionManager databaseTransactions) {
        return new SpringTransactionPolicy(databaseTransactions);
    }
}
