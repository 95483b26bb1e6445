package org.shuniu.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.packaged.Workplace;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;
import org.springframework.mock.env.MockEnvironment;

/** Ways to partners are exchanged while others are gone on. */
class ChannelExchangeTest {

    private static final String REST = "economy";
    private static final String OTHER = "housing";
    private static final String SMS = "sms-gateway";
    private static final MockEnvironment SETTINGS = new MockEnvironment()
            .withProperty("shuniu.simulator.address", "http://127.0.0.1:1")
            .withProperty("shuniu.simulator.listeners.archives", "1")
            .withProperty("shuniu.simulator.listeners.smpp", "1")
            .withProperty("shuniu.partners.disabled-federation.url", "jdbc:postgresql://127.0.0.1/x");

    @TempDir
    Path routes;

    private boolean secretsAreThere = true;
    private ChannelAdapters adapters;

    @BeforeEach
    void make() {
        Workplace.copy(Path.of("routes"), routes, ChannelExchangeTest::bySmpp);
        adapters = new ChannelAdapters(partners(REST, OTHER, SMS), secrets(), null, null);
    }

    @AfterEach
    void close() {
        adapters.close();
    }

    @Test
    void leadOnAsTheyDidUntilOthersAreTaken() {
        ChannelAdapter rest = adapters.of(REST);
        ChannelAdapter other = adapters.of(OTHER);

        try (ChannelAdapters.Next next = adapters.next(partners(REST, OTHER, SMS), Set.of(REST))) {
            assertThat(adapters.of(REST)).isSameAs(rest);

            next.take();
        }

        assertThat(adapters.of(REST)).isNotSameAs(rest);
        assertThat(adapters.of(OTHER)).isSameAs(other);
    }

    @Test
    void leadWhoeverHasBegunTheWayThatHeBeganOn() {
        ChannelAdapter rest = adapters.of(REST);
        Function<String, ChannelAdapter> begun = adapters.asNow();

        adapters.next(partners(OTHER, SMS), Set.of(REST)).take();

        assertThat(begun.apply(REST)).isSameAs(rest);
        assertThat(adapters.find(REST)).isEmpty();
        assertThatThrownBy(() -> adapters.of(REST)).hasMessageContaining(REST);
    }

    @Test
    void keepTheSessionOfACentreWhereItLeadsToTheSamePlace() throws IOException {
        ChannelAdapter centre = adapters.of(SMS);
        replace("delivery:", "# Another comment.\ndelivery:");

        adapters.next(partners(REST, OTHER, SMS), Set.of(SMS)).take();
        assertThat(adapters.of(SMS)).isSameAs(centre);

        replace("address: ", "address: smpp://127.0.0.1:2 # ");
        adapters.next(partners(REST, OTHER, SMS), Set.of(SMS)).take();
        assertThat(adapters.of(SMS)).isNotSameAs(centre);
    }

    @Test
    void stayAsTheyAreWhereASecretIsMissing() throws IOException {
        ChannelAdapter centre = adapters.of(SMS);
        replace("address: ", "address: smpp://127.0.0.1:2 # ");
        secretsAreThere = false;

        assertThatThrownBy(() -> adapters.next(partners(REST, OTHER, SMS), Set.of(SMS)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("secret");
        assertThat(adapters.of(SMS)).isSameAs(centre);
    }

    /** The gateway's second way stands in its file, commented out. */
    private static String bySmpp(String text) {
        return text.contains("\n#| ")
                ? text.replaceAll("(?ms)^protocol: rest.*?(?=^# The same gateway)", "")
                        .replaceAll("(?m)^#\\| ", "")
                : text;
    }

    private PartnerDirectory partners(String... ids) {
        return PartnerDirectory.load(routes, SETTINGS::resolveRequiredPlaceholders)
                .only(Set.of(ids));
    }

    private void replace(String what, String with) throws IOException {
        Path file = PartnerDirectory.file(routes, SMS);
        String text = Files.readString(file);
        assertThat(text).contains("\n" + what);
        Files.writeString(file, text.replaceFirst("(?m)^" + what, with));
    }

    private Secrets secrets() {
        return new Secrets() {
            @Override
            public Optional<String> find(String name) {
                return secretsAreThere ? Optional.of("12345678") : Optional.empty();
            }

            @Override
            public Set<String> names() {
                return Set.of();
            }
        };
    }
}
