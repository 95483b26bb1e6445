package org.shuniu.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.CsvLines;
import org.shuniu.catalogue.Department;
import org.shuniu.fault.Fault;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;

/** A department of the catalogue is one partner, and a partner at most one department: else its cases would go elsewhere, or nowhere. */
final class DepartmentCheck {

    private final Path routes;
    private final Path departments;
    private final PartnerDirectory partners;
    private final Catalogue catalogue;
    private final List<Fault> faults;

    DepartmentCheck(Path routes, Path mappings, PartnerDirectory partners, Catalogue catalogue, List<Fault> faults) {
        this.routes = routes;
        this.departments = mappings.resolve("catalogue").resolve("departments.csv");
        this.partners = partners;
        this.catalogue = catalogue;
        this.faults = faults;
    }

    void run(LocalDate day) {
        for (Partner partner : partners.all()) {
            partner.department().ifPresent(code -> check(partner, code, day));
        }
        catalogue.departments(day).stream()
                .filter(department -> !Files.exists(PartnerDirectory.file(routes, department.partnerId())))
                .forEach(department -> faults.add(new Fault(
                        departments.toString(),
                        CsvLines.of(departments, department.partnerId()),
                        "partner_id",
                        "'%s' is no partner".formatted(department.partnerId()),
                        "the name of a folder of routes with its partner.yaml, or a valid_to")));
    }

    private void check(Partner partner, String code, LocalDate day) {
        Optional<Department> department = catalogue.departmentFrom(code, day);
        if (department.isEmpty()) {
            List<String> codes = catalogue.departments(day).stream()
                    .map(Department::code)
                    .sorted()
                    .toList();
            faults.add(partners.fault(
                    partner.id(), "department", "found no department: '%s'".formatted(code), "one of " + codes));
        }
        department
                .map(Department::partnerId)
                .filter(owner -> !owner.equals(partner.id()))
                .ifPresent(owner -> faults.add(partners.fault(
                        partner.id(),
                        "department",
                        "found the department of %s: '%s'".formatted(owner, code),
                        "the code whose partner_id is %s in %s, or no department"
                                .formatted(partner.id(), departments))));
    }
}
