package org.shuniu.translator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.PartnersRefused;
import org.springframework.mock.env.MockEnvironment;

class UnknownOutcomeCheckTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void copyTheRealFiles() throws IOException {
        for (String part : new String[] {"routes", "mappings"}) {
            try (Stream<Path> files = Files.walk(Path.of(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.createDirectories(folder.resolve(file).getParent());
                    Files.copy(file, folder.resolve(file));
                }
            }
        }
    }

    @Test
    void acceptsWhatStands() {
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void refusesToAskAPartnerWhoseAnswersCannotTell() throws IOException {
        replace("mappings/healthcare-security/result.in.yaml", "is: never-received", "is: unavailable");

        assertThatThrownBy(this::check)
                .isInstanceOf(PartnersRefused.class)
                .hasMessageContaining(": delivery.unknown-outcome: ask:")
                .hasMessageContaining("one line with is: never-received");
    }

    @Test
    void refusesToAskWithoutAQuestion() throws IOException {
        Files.delete(folder.resolve("mappings/healthcare-security/query.out.yaml"));

        assertThatThrownBy(this::check).hasMessageContaining("no mapping query.out.yaml");
    }

    @Test
    void refusesToRepeatWhatDoesNotCarryItsId() throws IOException {
        replace(
                "mappings/disabled-federation/withdrawal.out.yaml",
                "up_pro_withdraw.row_guid, source: message.id",
                "up_pro_withdraw.row_guid, source: message.acceptedAt");
        replace("routes/healthcare-security/partner.yaml", "unknown-outcome: ask", "unknown-outcome: recognises-id");

        assertThatThrownBy(this::check)
                .hasMessageContaining("routes/disabled-federation/partner.yaml")
                .hasMessageContaining("withdrawal.out.yaml without the message id")
                .hasMessageNotContaining("application.out.yaml")
                .hasMessageNotContaining("query.out.yaml");
    }

    private void check() {
        PartnerDirectory partners = PartnerDirectory.load(
                folder.resolve("routes"),
                new MockEnvironment()
                                .withProperty("shuniu.simulator.address", "http://127.0.0.1:1")
                                .withProperty("shuniu.simulator.listeners.archives", "1")
                                .withProperty(
                                        "shuniu.partners.disabled-federation.url", "jdbc:postgresql://127.0.0.1/x")
                        ::resolveRequiredPlaceholders);
        UnknownOutcomeCheck.check(partners, Mappings.load(folder.resolve("mappings")));
    }

    private void replace(String file, String text, String by) throws IOException {
        String before = Files.readString(folder.resolve(file));
        assertThat(before).contains(text);
        Files.writeString(folder.resolve(file), before.replace(text, by));
    }
}
