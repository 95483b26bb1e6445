package org.shuniu.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.CodeTable;

class CaseStateTest {
    @Test
    void hasTheCodesOfTheCatalogueAndAgreesOnWhichAreTerminal() {
        CodeTable hub = Catalogue.load(Path.of("mappings")).table("case-status.hub");
        List<CodeTable.Code> codes = hub.codes(LocalDate.of(2026, 11, 24));

        assertThat(CaseState.all())
                .extracting(CaseState::code)
                .containsExactlyInAnyOrderElementsOf(
                        codes.stream().map(CodeTable.Code::code).toList());
        assertThat(codes)
                .allSatisfy(it -> assertThat(CaseState.of(it.code()).terminal())
                        .isEqualTo(it.columns().get("terminal").equals("yes")));
    }

    @Test
    void letsAnOnlineApplicationGoStraightToTheDepartment() {
        assertPath("10", "40", "60", "80");
        assertPath("10", "30", "40", "61");
    }

    @Test
    void letsAPrereviewEndAtTheCounter() {
        assertPath("10", "11", "14", "11", "12", "20", "30", "40", "60", "70", "72", "80");
        assertPath("10", "11", "13");
    }

    @Test
    void letsAnApplicationTravelToItsHomeCentre() {
        assertPath("10", "20", "21", "30", "40", "60");
        assertPath("10", "20", "21", "31");
    }

    @Test
    void letsTheDepartmentAskForPapersAndMoney() {
        assertPath("30", "40", "42", "40", "41", "40", "50", "51", "40", "60", "71", "72");
    }

    @Test
    void refusesShortCuts() {
        assertThat(List.of("11 30", "12 40", "13 11", "20 40", "60 40", "90 10", "72 60", "10 51"))
                .allSatisfy(it -> assertThat(CaseState.of(it.substring(0, 2)).mayBecome(CaseState.of(it.substring(3))))
                        .isFalse());
    }

    @Test
    void canBeWithdrawnOrStuckWhileItIsOpenOnly() {
        CaseState.Stuck stuck = CaseState.Stuck.NEEDS_A_PERSON;
        CaseState withdrawn = CaseState.of("90");

        assertThat(CaseState.all()).allSatisfy(it -> {
            boolean open = it instanceof CaseState.Open;
            assertThat(it.mayBecome(withdrawn)).isEqualTo(open);
            if (open && it != stuck) {
                assertThat(it.mayBecome(stuck)).isTrue();
            }
            if (it.terminal()) {
                assertThat(it.mayBecome(stuck)).isFalse();
            }
        });
        assertThat(stuck.mayBecome(CaseState.of("40"))).isTrue();
        assertThat(CaseState.Work.IN_WORK.withdraw()).isEqualTo(withdrawn);
    }

    @Test
    void refusesACodeThatIsNone() {
        assertThatThrownBy(() -> CaseState.of("77")).isInstanceOf(IllegalArgumentException.class);
        assertThat(CaseState.find("")).isEmpty();
    }

    private static void assertPath(String... codes) {
        for (int i = 1; i < codes.length; i++) {
            assertThat(CaseState.of(codes[i - 1]).mayBecome(CaseState.of(codes[i])))
                    .as("from %s to %s", codes[i - 1], codes[i])
                    .isTrue();
        }
    }
}
