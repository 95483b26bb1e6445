package org.shuniu.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final LocalDate LAST_DAY_OF_2018 = LocalDate.of(2018, 12, 31);
    private static final LocalDate FIRST_DAY_OF_2019 = LocalDate.of(2019, 1, 1);
    private static final String REAL_NAME_REGISTRATION = "312000250000";
    private static final String MEDICAL_RECORD_BOOK = "312000377000";
    private static final String RESIDENCE_PERMIT = "312099002000";

    private final Catalogue catalogue = Catalogue.load(Path.of("mappings"));

    @Test
    void has169ItemsOfWhich29CanBeAppliedForFullyOnline() {
        List<Item> items = catalogue.items(TODAY);

        assertThat(items).hasSize(169);
        assertThat(items).filteredOn(it -> it.mode() == Item.Mode.ONLINE).hasSize(29);
        assertThat(items).filteredOn(it -> it.mode() == Item.Mode.PREREVIEW).hasSize(140);
    }

    @Test
    void has220CentresAnd67SubCentres() {
        List<Centre> centres = catalogue.centres(TODAY);

        assertThat(centres).filteredOn(it -> it.kind() == Centre.Kind.CENTRE).hasSize(220);
        assertThat(centres)
                .filteredOn(it -> it.kind() == Centre.Kind.SUB_CENTRE)
                .hasSize(67)
                .allSatisfy(it -> assertThat(catalogue.centre(it.mainCentre(), TODAY))
                        .get()
                        .extracting(Centre::kind)
                        .isEqualTo(Centre.Kind.CENTRE));
    }

    @Test
    void hasElevenDepartmentsSinceJanuary2019AndHadAnotherElevenBefore() {
        assertThat(catalogue.departments(FIRST_DAY_OF_2019))
                .hasSize(11)
                .extracting(Department::partnerId)
                .contains("healthcare-security")
                .doesNotContain("housing-fund");
        assertThat(catalogue.departments(LAST_DAY_OF_2018))
                .hasSize(11)
                .extracting(Department::partnerId)
                .contains("housing-fund")
                .doesNotContain("healthcare-security");
    }

    @Test
    void readsAllOfAnItem() {
        Item item = catalogue.item(REAL_NAME_REGISTRATION, TODAY).orElseThrow();

        assertThat(item.handleCode()).isEqualTo("531200025000001");
        assertThat(item.nameZh()).isEqualTo("市民网上实名认证服务");
        assertThat(item.department()).isEqualTo("JX");
        assertThat(item.mode()).isEqualTo(Item.Mode.ONLINE);
        assertThat(item.acceptance()).isEqualTo(Item.Acceptance.CITYWIDE);
        assertThat(item.requiredCertificates()).containsExactly("SFZ");
        assertThat(item.limitWorkingDays()).isEqualTo(1);
        assertThat(item.fee()).isFalse();
    }

    @Test
    void routesEveryItemToADepartmentOnEveryDay() {
        assertThat(catalogue.items(TODAY))
                .allSatisfy(it -> assertThat(catalogue.receiver(it, TODAY)).isPresent());
        assertThat(catalogue.items(LAST_DAY_OF_2018))
                .hasSize(169)
                .allSatisfy(it ->
                        assertThat(catalogue.receiver(it, LAST_DAY_OF_2018)).isPresent());
    }

    @Test
    void movesAnItemToAnotherDepartmentOnADay() {
        Item before = catalogue.item(MEDICAL_RECORD_BOOK, LAST_DAY_OF_2018).orElseThrow();

        assertThat(before.department()).isEqualTo("RS");
        assertThat(catalogue.receiver(before, LAST_DAY_OF_2018)).contains("human-resources");
        assertThat(catalogue.receiver(before, FIRST_DAY_OF_2019)).contains("healthcare-security");
    }

    @Test
    void tellsAnUnknownItemFromOneNotInForce() {
        LocalDate beforeIntroduction = LocalDate.of(2018, 6, 30);

        assertThat(catalogue.item(RESIDENCE_PERMIT, beforeIntroduction)).isEmpty();
        assertThat(catalogue.item(RESIDENCE_PERMIT, beforeIntroduction.plusDays(1)))
                .isPresent();
        assertThat(catalogue.knowsItem(RESIDENCE_PERMIT)).isTrue();
        assertThat(catalogue.knowsItem("312000000000")).isFalse();
    }

    /** It was applied for before midnight and received after it, or by a clock that is ahead. */
    @Test
    void knowsTheItemOfACaseThatIsNoneOnTheDayOfItsReceipt() {
        LocalDate beforeIntroduction = LocalDate.of(2018, 6, 30);

        assertThat(catalogue.itemOfCase(RESIDENCE_PERMIT, beforeIntroduction))
                .isEqualTo(catalogue.item(RESIDENCE_PERMIT, beforeIntroduction.plusDays(1)))
                .isPresent();
        assertThat(catalogue.itemOfCase("312000000000", beforeIntroduction)).isEmpty();
    }

    @Test
    void findsTheHomeCentreOfAStreetButNotOfADistrict() {
        assertThat(catalogue.homeCentre("310101002", TODAY))
                .get()
                .extracting(Centre::code)
                .isEqualTo("31010100201");
        assertThat(catalogue.homeCentre("310120102", TODAY))
                .get()
                .extracting(Centre::kind)
                .isEqualTo(Centre.Kind.CENTRE);
        assertThat(catalogue.homeCentre("310101", TODAY)).isEmpty();
    }

    @Test
    void findsTheProvinceThatServesADivision() {
        assertThat(catalogue.province("320205", TODAY)).contains("jiangsu");
        assertThat(catalogue.province("330100", TODAY)).contains("zhejiang");
        assertThat(catalogue.province("340100", TODAY)).contains("anhui");
        assertThat(catalogue.province("310101", TODAY)).isEmpty();
        assertThat(catalogue.province("320205", FIRST_DAY_OF_2019)).isEmpty();
    }

    @Test
    void knowsRetiredDivisionsOnlyUpToTheirLastDay() {
        assertThat(catalogue.division("310108", LocalDate.of(2015, 11, 3))).isPresent();
        assertThat(catalogue.division("310108", TODAY)).isEmpty();
        assertThat(catalogue.coversDivision("310108", TODAY)).isFalse();
    }

    @Test
    void coversDivisionsDownToWhereItsDetailEnds() {
        assertThat(List.of("310101", "310101002", "320100", "320205", "320205001", "110105"))
                .allSatisfy(
                        it -> assertThat(catalogue.coversDivision(it, TODAY)).isTrue());
        assertThat(List.of("310199", "310101099", "321900", "990101", "31", ""))
                .allSatisfy(
                        it -> assertThat(catalogue.coversDivision(it, TODAY)).isFalse());
    }

    @Test
    void namesItemsAndDivisionsAsAgreedWithARegionForTheDay() {
        RegionCatalogue region = catalogue.region("jiangsu");
        LocalDate before = LocalDate.of(2020, 12, 31);

        assertThat(region.item("312090039000", TODAY).orElseThrow().regionCode())
                .isEqualTo("CSJ312090039000");
        assertThat(region.itemNamed("CSJ312090039000", TODAY).orElseThrow().item())
                .isEqualTo("312090039000");
        assertThat(region.item("312090039000", FIRST_DAY_OF_2019)).isEmpty();
        assertThat(region.itemNamed("312090039000", TODAY)).isEmpty();
        assertThat(region.division("320106", TODAY)).contains("320106");
        assertThat(region.divisionWritten("310101002", TODAY)).contains("310101002");
        assertThat(region.division("320707", before)).contains("320721");
        assertThat(region.division("320707001", before)).contains("320721001");
        assertThat(region.divisionWritten("320721", before)).contains("320707");
        assertThat(region.divisionWritten("320721", TODAY)).isEmpty();
        assertThat(region.division("320707", TODAY)).contains("320707");
        assertThat(region.division("110105", TODAY)).isEmpty();
    }

    @Test
    void leavesCodesAsTheyAreTowardsARegionWithWhichNothingIsAgreed() {
        RegionCatalogue nobody = catalogue.region("nobody");

        assertThat(nobody.item("312090039000", TODAY).orElseThrow().allows("3")).isTrue();
        assertThat(nobody.itemNamed("1", TODAY).orElseThrow().item()).isEqualTo("1");
        assertThat(nobody.division("110105", TODAY)).contains("110105");
    }

    @Test
    void hasCodeTablesByFileAndSet() {
        assertThat(catalogue.table("sex").codes(TODAY)).hasSize(4);
        assertThat(catalogue.table("case-status.hub").code("60", TODAY))
                .get()
                .extracting(CodeTable.Code::nameZh)
                .isEqualTo("已办结");
        assertThat(catalogue.table("id-types").contains("111", TODAY)).isTrue();
        assertThatThrownBy(() -> catalogue.table("shoe-sizes")).hasMessageContaining("shoe-sizes");
    }
}
