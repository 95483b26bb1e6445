package org.shuniu.catalogue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.stream.Stream;
import org.shuniu.fault.Fault;

/** The catalogue of the city, from {@code mappings/catalogue/}; every look-up is for a day, because all of it changes. */
public final class Catalogue {
    private static final int PREFIX_OF_PROVINCE = 2;
    private static final int LENGTH_OF_STREET = 9;

    /** What stands in the files: read once, and never changed after. */
    private record Content(
            CatalogueRows rows,
            Map<String, RegionCatalogue> regions,
            Map<String, CodeTable> tables,
            List<FollowUp> followUps,
            String version,
            NavigableSet<LocalDate> switches) {}

    private final WorkingCalendar calendar;
    private volatile Content content;

    Catalogue(CatalogueRows rows, Map<String, CodeTable> tables, WorkingCalendar calendar, String version) {
        this(
                new Content(
                        rows,
                        Map.copyOf(rows.regions),
                        Map.copyOf(tables),
                        List.copyOf(rows.followUps),
                        version,
                        rows.switches()),
                calendar);
    }

    private Catalogue(Content content, WorkingCalendar calendar) {
        this.content = content;
        this.calendar = calendar;
    }

    /** From here on it says what another says: whoever has it, and its calendar, goes by that with his next question. */
    public void follow(Catalogue next) {
        content = next.content;
        calendar.follow(next.calendar);
    }

    /** As it is now, whatever it follows later. */
    public Catalogue asNow() {
        return new Catalogue(content, calendar.asNow());
    }

    /** Reads {@code catalogue/} under the given folder of mappings; throws {@link FaultyCatalogue} with all faults at once. */
    public static Catalogue load(Path mappings) {
        return CatalogueLoader.load(mappings.resolve("catalogue"));
    }

    /**
     * The same with as much as can be read, for those who only look.
     *
     * @param faults takes the rest, each with the path of its file
     */
    public static Catalogue load(Path mappings, List<Fault> faults) {
        Path folder = mappings.resolve("catalogue");
        List<Fault> found = new ArrayList<>();
        Catalogue catalogue = CatalogueLoader.load(folder, found);
        found.stream()
                .map(fault -> new Fault(
                        folder.resolve(fault.file()).toString(),
                        fault.line(),
                        fault.place(),
                        fault.reason(),
                        fault.cure()))
                .forEach(faults::add);
        return catalogue;
    }

    public Optional<Item> item(String code, LocalDate on) {
        return content.rows().items.find(code, on);
    }

    /**
     * The item of a case: as it is on the day of its receipt, or on the nearest where it is none on that day. It was one on the day of
     * application, which may be before a change of the catalogue or, by a clock that is ahead, after it.
     */
    public Optional<Item> itemOfCase(String code, LocalDate receivedOn) {
        return item(code, receivedOn)
                .or(() -> content.rows().items.all(code).stream()
                        .min(Comparator.comparingLong(row -> Math.min(
                                Math.abs(ChronoUnit.DAYS.between(row.validTo(), receivedOn)),
                                Math.abs(ChronoUnit.DAYS.between(row.validFrom(), receivedOn))))));
    }

    /** Says whether the code is an item on any day at all, so that "unknown" and "not valid on that day" can be told apart. */
    public boolean knowsItem(String code) {
        return content.rows().items.knows(code);
    }

    public List<Item> items(LocalDate on) {
        return content.rows().items.inForce(on);
    }

    public Optional<Centre> centre(String code, LocalDate on) {
        return content.rows().centres.find(code, on);
    }

    /** Whether the code is a centre on the first or on the last day of a time. */
    public boolean isCentre(String code, LocalDate first, LocalDate last) {
        return centre(code, last).isPresent() || centre(code, first).isPresent();
    }

    public List<Centre> centres(LocalDate on) {
        return content.rows().centres.inForce(on);
    }

    /** The centre of a street (9 digits); a district has many centres and therefore none here. */
    public Optional<Centre> homeCentre(String division, LocalDate on) {
        return division.length() == LENGTH_OF_STREET
                ? content.rows().centresByStreet.find(division, on)
                : Optional.empty();
    }

    public Optional<Department> department(String code, LocalDate on) {
        return content.rows().departments.find(code, on);
    }

    /** The department of that day, or the next that is to be. */
    public Optional<Department> departmentFrom(String code, LocalDate day) {
        return content.rows().departments.all(code).stream()
                .filter(department -> !department.validTo().isBefore(day))
                .min(Comparator.comparing(Department::validFrom));
    }

    public List<Department> departments(LocalDate on) {
        return content.rows().departments.inForce(on);
    }

    /** The partner id of the department that handles the item on that day, which may be later than the day of application. */
    public Optional<String> receiver(Item item, LocalDate on) {
        CatalogueRows rows = content.rows();
        return rows.assignments
                .find(item.code(), on)
                .flatMap(assignment -> rows.departments.find(assignment.department(), on))
                .map(Department::partnerId);
    }

    /** The partner id of the province whose hub serves the division; empty for Shanghai and for provinces not connected. */
    public Optional<String> province(String division, LocalDate on) {
        if (division.length() < PREFIX_OF_PROVINCE) {
            return Optional.empty();
        }
        return content.rows()
                .provinces
                .find(division.substring(0, PREFIX_OF_PROVINCE), on)
                .map(ProvinceAssignment::partnerId);
    }

    /** What is agreed with a region of items and divisions. */
    public RegionCatalogue region(String partner) {
        return content.regions().getOrDefault(partner, new RegionCatalogue(partner));
    }

    /** The offices that decide an item together on that day, by stage and part; none where one office does. */
    public List<JointPart> jointParts(String item, LocalDate on) {
        return content.rows().joint.getOrDefault(item, List.of()).stream()
                .filter(part -> part.inForce(on))
                .sorted(Comparator.comparing(JointPart::stage).thenComparing(JointPart::part))
                .toList();
    }

    /** Says whether several offices decide the item on any day at all. */
    public boolean isJoint(String item) {
        return content.rows().joint.containsKey(item);
    }

    public Optional<Division> division(String code, LocalDate on) {
        return content.rows().divisions.find(code, on);
    }

    /**
     * Says whether the code is a division, or lies where the catalogue's detail ends: a county of Jiangsu is covered by its
     * prefecture, a street of Shanghai must be listed itself.
     */
    public boolean coversDivision(String code, LocalDate on) {
        return division(code, on).isPresent()
                || foreignDivision(code, on).isEmpty() && content.rows().covers(code, on);
    }

    /** The divisions that another system means by a code which is none of the standard's. */
    public List<String> foreignDivision(String code, LocalDate on) {
        return foreign(Drift.Kind.DIVISION, code, on).map(Drift::standard).toList();
    }

    /** How other systems write or take a code of identity documents otherwise than the standard. */
    public List<Drift> foreignIdTypes(String code, LocalDate on) {
        return foreign(Drift.Kind.ID_TYPE, code, on).toList();
    }

    private Stream<Drift> foreign(Drift.Kind kind, String code, LocalDate on) {
        return content.rows().drifts.stream()
                .filter(drift -> drift.kind() == kind && drift.local().equals(code))
                .filter(drift -> drift.differs() || !drift.meaning().isEmpty())
                .filter(drift -> !on.isBefore(drift.validFrom()) && !on.isAfter(drift.validTo()));
    }

    /** How other systems write our codes, of all days. */
    public List<Drift> drifts() {
        return List.copyOf(content.rows().drifts);
    }

    /** A code table by the name of its file, or of file and set: {@code sex}, {@code case-status.hub}. */
    public CodeTable table(String name) {
        Map<String, CodeTable> tables = content.tables();
        CodeTable table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("no code table " + name + " in mappings/catalogue, only "
                    + tables.keySet().stream().sorted().toList());
        }
        return table;
    }

    /** The same, where there is one. */
    public Optional<CodeTable> findTable(String name) {
        return Optional.ofNullable(content.tables().get(name));
    }

    /** What the hub asks of partners by itself, of all days. */
    public List<FollowUp> followUps() {
        return content.followUps();
    }

    /** What becomes of an application while the certificate that it names can't be had; the rule that says most counts. */
    public CertificateRule certificateRule(String item, String certificate, LocalDate on) {
        return content.rows().certificateRules.stream()
                .filter(rule -> rule.holds(item, certificate, on))
                .max(Comparator.comparingInt(CertificateRule::detail))
                .orElse(CertificateRule.WAIT);
    }

    /** Changes with every file of the catalogue: the first 12 hex digits of a SHA-256 over their names and contents. */
    public String version() {
        return content.version();
    }

    /** The days on which something of it becomes another. */
    public NavigableSet<LocalDate> switches() {
        return content.switches();
    }

    /** Which days are worked. */
    public WorkingCalendar calendar() {
        return calendar;
    }
}
