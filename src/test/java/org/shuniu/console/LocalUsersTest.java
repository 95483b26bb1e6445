package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.audit.AuditLog;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.evidence.AuditLine;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

/** What may become of the console's own users, whoever changes them. */
class LocalUsersTest {

    private static final String WHO = "command:root";
    private static final ByWhom BY = new ByWhom(WHO, "");
    private static final String CHIEF = "chief";
    private static final String PARTNER = "office";
    private static final String PASSWORD = "a long enough password";

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    private final List<String> acts = new ArrayList<>();
    private final LocalUsers users = new LocalUsers(
            pools.console().sql(),
            pools.settlement(),
            new AuditLog(pools.settlement().sql(), pools.settlement().transaction(), this::note),
            PasswordEncoderFactories.createDelegatingPasswordEncoder(),
            PARTNER::equals);

    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @BeforeEach
    void beginWithOneAdministrator() {
        pools.settlement().sql().update("delete from console_user");
        assertThat(add(CHIEF, Role.ADMINISTRATOR)).isEmpty();
        acts.clear();
    }

    @Test
    void areMadeWithRolesAndPartnersThatThereAre() {
        assertThat(users.add(WHO, "wang.fang", PASSWORD, Set.of(Role.VIEWER), List.of(PARTNER), PARTNER::equals))
                .isEmpty();
        assertThat(users.add(WHO, "li.na", PASSWORD, Set.of(Role.VIEWER), List.of("nobody"), PARTNER::equals))
                .contains(UserRefusal.NO_SUCH_PARTNER);
        assertThat(add("Li", Role.VIEWER)).contains(UserRefusal.NAME);
        assertThat(add("li.na")).contains(UserRefusal.NO_ROLE);
        assertThat(add(PARTNER, Role.VIEWER)).contains(UserRefusal.RESERVED);
        assertThat(add("wang.fang", Role.VIEWER)).contains(UserRefusal.TAKEN);

        assertThat(user("wang.fang"))
                .isEqualTo(new LocalUser("wang.fang", List.of("viewer"), List.of(PARTNER), true, false, true));
        assertThat(acts).containsExactly("command:root user-made wang.fang roles [VIEWER], office");
    }

    @Test
    void keepTheRolesAndPartnersThatAChangeDoesNotName() {
        add("wang.fang", Role.VIEWER, Role.AUDITOR);

        assertThat(users.change(BY, "wang.fang", null, List.of(PARTNER), PARTNER::equals))
                .isEmpty();
        assertThat(user("wang.fang").roles()).containsExactly("auditor", "viewer");
        assertThat(users.change(BY, "wang.fang", Set.of(Role.ENGINEER), null, PARTNER::equals))
                .isEmpty();
        assertThat(user("wang.fang").partners()).containsExactly(PARTNER);
        assertThat(users.change(BY, "wang.fang", null, List.of(), PARTNER::equals))
                .isEmpty();
        assertThat(user("wang.fang").partners()).isNull();
        assertThat(acts)
                .endsWith(
                        "command:root user-changed wang.fang roles [VIEWER, AUDITOR], office; before: roles [VIEWER, AUDITOR], all partners",
                        "command:root user-changed wang.fang roles [ENGINEER], office; before: roles [VIEWER, AUDITOR], office",
                        "command:root user-changed wang.fang roles [ENGINEER], all partners; before: roles [ENGINEER], office");
    }

    @Test
    void neverLoseTheLastWhoCanMakeUsers() {
        add("limited", Role.ADMINISTRATOR);
        users.change(BY, "limited", null, List.of(PARTNER), PARTNER::equals);
        add("disabled", Role.ADMINISTRATOR);
        users.lock(BY, "disabled");
        acts.clear();

        assertThat(users.lock(BY, CHIEF)).contains(UserRefusal.LAST_ADMINISTRATOR);
        assertThat(users.remove(BY, CHIEF)).contains(UserRefusal.LAST_ADMINISTRATOR);
        assertThat(users.change(BY, CHIEF, Set.of(Role.AUDITOR), null, PARTNER::equals))
                .contains(UserRefusal.LAST_ADMINISTRATOR);
        assertThat(users.change(BY, CHIEF, null, List.of(PARTNER), PARTNER::equals))
                .contains(UserRefusal.LAST_ADMINISTRATOR);
        assertThat(acts).isEmpty();

        users.unlock(BY, "disabled");
        assertThat(users.remove(BY, CHIEF)).isEmpty();
    }

    @Test
    void areRemovedForEverAndLeaveTheirNameToNobody() {
        add("wang.fang", Role.VIEWER);

        assertThat(users.remove(BY, "wang.fang")).isEmpty();

        assertThat(users.list()).extracting(LocalUser::name).containsExactly(CHIEF);
        assertThat(users.find("wang.fang")).isEmpty();
        assertThat(add("wang.fang", Role.VIEWER)).contains(UserRefusal.TAKEN);
        assertThat(List.of(
                        users.remove(BY, "wang.fang"),
                        users.unlock(BY, "wang.fang"),
                        users.lock(BY, "wang.fang"),
                        users.password(BY, "wang.fang", PASSWORD),
                        users.change(BY, "wang.fang", Set.of(Role.VIEWER), null, PARTNER::equals)))
                .allSatisfy(refusal -> assertThat(refusal).contains(UserRefusal.UNKNOWN));
        assertThat(acts).last().isEqualTo("command:root user-removed wang.fang before: roles [VIEWER], all partners");
    }

    @Test
    void areLockedChangedAndRemovedByOthersOnly() {
        add("second", Role.ADMINISTRATOR);
        ByWhom himself = new ByWhom(CHIEF, "to see whether it goes");
        Set<Role> more = Set.of(Role.ADMINISTRATOR, Role.AUDITOR);
        acts.clear();

        assertThat(List.of(
                        users.lock(himself, CHIEF),
                        users.remove(himself, CHIEF),
                        users.change(himself, CHIEF, Set.of(Role.VIEWER), null, PARTNER::equals),
                        users.change(himself, CHIEF, null, List.of(PARTNER), PARTNER::equals),
                        users.change(himself, CHIEF, more, List.of(), PARTNER::equals),
                        users.password(himself, CHIEF, "a password without the old one")))
                .allSatisfy(refusal -> assertThat(refusal).contains(UserRefusal.OWN));
        assertThat(acts).isEmpty();

        ByWhom second = new ByWhom("second", "left the city");
        assertThat(users.change(second, CHIEF, more, List.of(), PARTNER::equals))
                .isEmpty();
        assertThat(users.remove(second, CHIEF)).isEmpty();
        assertThat(acts)
                .last()
                .isEqualTo(
                        "second user-removed chief before: roles [AUDITOR, ADMINISTRATOR], all partners; left the city");
    }

    @Test
    void leaveInTheAuditWhatTheyWereAndWhyTheyWereChanged() {
        add("wang.fang", Role.VIEWER);
        ByWhom by = new ByWhom(CHIEF, "on leave; before: nothing");

        users.lock(by, "wang.fang");
        users.lock(by, "wang.fang");
        users.unlock(by, "wang.fang");
        users.password(by, "wang.fang", PASSWORD);

        assertThat(acts.subList(1, acts.size()))
                .containsExactly(
                        "chief user-disabled wang.fang before: enabled; on leave; before: nothing",
                        "chief user-disabled wang.fang before: disabled; on leave; before: nothing",
                        "chief user-enabled wang.fang before: disabled; on leave; before: nothing",
                        "chief user-password wang.fang on leave; before: nothing");
    }

    private Optional<UserRefusal> add(String name, Role... roles) {
        return users.add(WHO, name, PASSWORD, Set.of(roles), List.of(), PARTNER::equals);
    }

    private LocalUser user(String name) {
        return users.list().stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void note(AuditLine line) {
        acts.add(String.join(" ", line.actor(), line.action(), line.target(), line.detail()));
    }
}
