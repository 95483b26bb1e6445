package org.shuniu.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class UploadsUnderWayTest {

    static final AttachmentProperties LIMITS = new AttachmentProperties(
            DataSize.ofGigabytes(1),
            2,
            3,
            10,
            Duration.ofDays(7),
            Duration.ofDays(7),
            Duration.ofDays(3),
            DataSize.ofKilobytes(4),
            DataSize.ofBytes(100));

    private long usable = 1_000;
    private final UploadsUnderWay underWay = new UploadsUnderWay(LIMITS, () -> usable);

    @Test
    void promisesRoomOnceOnly() {
        UploadsUnderWay.Upload first = underWay.begin("anhui", "sha256:1", 600);

        refused(() -> underWay.begin("anhui", "sha256:2", 600), "overloaded");
        first.arrived(300);
        usable -= 300;
        refused(() -> underWay.begin("anhui", "sha256:2", 400), "overloaded");
        assertThatCode(() -> underWay.begin("anhui", "sha256:2", 300)).doesNotThrowAnyException();
    }

    @Test
    void givesBackWhatABrokenUploadDidNotUse() {
        underWay.begin("anhui", "sha256:1", 900).close();

        assertThatCode(() -> underWay.begin("jiangsu", "sha256:2", 900)).doesNotThrowAnyException();
    }

    @Test
    void letsNobodyUploadTheSameTwiceAtATime() {
        UploadsUnderWay.Upload first = underWay.begin("anhui", "sha256:1", 1);

        refused(() -> underWay.begin("anhui", "sha256:1", 1), "state-conflict");
        assertThat(underWay.alone("anhui/sha256:1", () -> {})).isFalse();
        first.close();
        assertThat(underWay.alone("anhui/sha256:1", () -> {})).isTrue();
        assertThatCode(() -> underWay.begin("anhui", "sha256:1", 1)).doesNotThrowAnyException();
    }

    @Test
    void neverLetsOnePartnersUploadTellOfAnothers() {
        underWay.begin("anhui", "sha256:1", 1);

        assertThatCode(() -> underWay.begin("jiangsu", "sha256:1", 1)).doesNotThrowAnyException();
    }

    @Test
    void takesSoManyOfOnePartnerAndOfAll() {
        underWay.begin("anhui", "sha256:1", 1);
        underWay.begin("anhui", "sha256:2", 1);

        refused(() -> underWay.begin("anhui", "sha256:3", 1), "overloaded");
        underWay.begin("jiangsu", "sha256:3", 1);
        refused(() -> underWay.begin("zhejiang", "sha256:4", 1), "overloaded");
    }

    private static void refused(ThrowingCallable act, String name) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        AttachmentRefused.class,
                        refusal -> assertThat(refusal.name()).isEqualTo(name));
    }
}
