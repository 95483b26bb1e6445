package org.shuniu;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackageBoundariesTest {

    private static final JavaClasses HUB = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.shuniu");

    @Test
    void packagesDependOnEachOtherInOneDirection() {
        slices().matching("org.shuniu.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a package that knows its users can't be read alone")
                .check(HUB);
    }

    @Test
    void nothingDependsOnTheSimulators() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.shuniu.simulator..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.shuniu.simulator..")
                .because("production runs without them")
                .check(HUB);
        classes()
                .that()
                .resideInAPackage("org.shuniu.simulator..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(
                        "org.shuniu.intake..",
                        "org.shuniu.delivery..",
                        "org.shuniu.store..",
                        "org.shuniu.mapping..",
                        "org.shuniu.codec..",
                        "org.shuniu.channel..")
                .because("a simulator that shares the hub's code shares its mistakes")
                .check(HUB);
    }

    @Test
    void theCoreKnowsNoTransport() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.shuniu.intake..",
                        "org.shuniu.document..",
                        "org.shuniu.mapping..",
                        "org.shuniu.codec..",
                        "org.shuniu.catalogue..",
                        "org.shuniu.store..",
                        "org.shuniu.vault..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.camel..",
                        "jakarta.jms..",
                        "jakarta.servlet..",
                        "org.springframework.web..",
                        "java.net.http..")
                .because("every adapter ends in the same call")
                .check(HUB);
    }

    @Test
    void javaKnowsNoPartnerByName() throws IOException {
        List<String> partners;
        try (Stream<Path> folders = Files.list(Path.of("routes"))) {
            partners = folders.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            assertThat(sources.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.toString().contains("simulator")))
                    .allSatisfy(file ->
                            assertThat(partners).noneMatch(partner -> read(file).contains("\"" + partner)));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
