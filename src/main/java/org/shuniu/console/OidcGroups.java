package org.shuniu.console;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.audit.Actors;

/**
 * Makes a user of what an id token says: a name, and what its groups stand for. Groups with the same roles add their partners up;
 * of groups with different roles only the partners that all have are left, so that no role reaches further than its own group.
 */
final class OidcGroups {

    /** What the audit log and a page can show in one line. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@+-]{0,99}");

    private final OidcProperties settings;

    OidcGroups(OidcProperties settings) {
        this.settings = settings;
    }

    /** @throws OidcRefused when the claims name nobody */
    String name(Map<String, Object> claims) {
        if (claim(claims, settings.nameClaim()) instanceof String name
                && NAME.matcher(name).matches()) {
            return name;
        }
        throw new OidcRefused(
                OidcRefused.Reason.NAME,
                "the claim %s is missing or no name of letters, digits and ._@+-".formatted(settings.nameClaim()));
    }

    /**
     * @param name that the person has here
     * @throws OidcRefused when the claims give him no role
     */
    ConsoleUser user(String name, Map<String, Object> claims) {
        String who = Actors.BY_OIDC + name;
        List<OidcProperties.Group> given = given(claims);
        if (given.isEmpty()) {
            List<String> all =
                    settings.groups().stream().map(OidcProperties.Group::group).toList();
            throw new OidcRefused(
                    OidcRefused.Reason.GROUP,
                    "none of the groups in the claim %s has a role here".formatted(settings.groupsClaim()),
                    who,
                    all);
        }
        Map<Set<Role>, Optional<Set<String>>> byRoles = byRoles(given);
        Set<Role> roles = EnumSet.noneOf(Role.class);
        byRoles.keySet().forEach(roles::addAll);
        return new ConsoleUser(who, "", roles, common(who, given, byRoles.values()), true, null, false);
    }

    /** Those of the person's groups that stand for something here. */
    List<OidcProperties.Group> given(Map<String, Object> claims) {
        Object claim = claim(claims, settings.groupsClaim());
        Collection<?> all =
                claim instanceof Collection<?> several ? several : claim == null ? List.of() : List.of(claim);
        return settings.groups().stream()
                .filter(group -> all.contains(group.group()))
                .toList();
    }

    /** No set of partners is all of them. */
    private static Map<Set<Role>, Optional<Set<String>>> byRoles(List<OidcProperties.Group> given) {
        Map<Set<Role>, Optional<Set<String>>> byRoles = new LinkedHashMap<>();
        for (OidcProperties.Group group : given) {
            Set<Role> roles = group.roles().stream()
                    .flatMap(word -> Role.of(word).stream())
                    .collect(Collectors.toSet());
            byRoles.merge(roles, partners(group), OidcGroups::sum);
        }
        return byRoles;
    }

    private static Optional<Set<String>> partners(OidcProperties.Group group) {
        return group.partners().contains(OidcProperties.ALL)
                ? Optional.empty()
                : Optional.of(new TreeSet<>(group.partners()));
    }

    private static Optional<Set<String>> sum(Optional<Set<String>> one, Optional<Set<String>> other) {
        return one.flatMap(some -> other.map(
                more -> Stream.concat(some.stream(), more.stream()).collect(Collectors.toCollection(TreeSet::new))));
    }

    private static @Nullable Set<String> common(
            String who, List<OidcProperties.Group> given, Collection<Optional<Set<String>>> limits) {
        Set<String> common = null;
        for (Optional<Set<String>> limit : limits) {
            if (common == null) {
                common = limit.map(TreeSet::new).orElse(null);
            } else if (limit.isPresent()) {
                common.retainAll(limit.get());
            }
        }
        if (common != null && common.isEmpty()) {
            List<String> groups =
                    given.stream().map(OidcProperties.Group::group).toList();
            throw new OidcRefused(
                    OidcRefused.Reason.PARTNER,
                    "the groups %s have different roles and no partner in common".formatted(groups),
                    who,
                    groups);
        }
        return common;
    }

    /** A claim by its whole name, or by the names of objects in objects. */
    private static @Nullable Object claim(Map<?, ?> claims, String name) {
        if (claims.containsKey(name) || name.indexOf('.') < 0) {
            return claims.get(name);
        }
        String[] names = name.split("[.]", 2);
        return claims.get(names[0]) instanceof Map<?, ?> inner ? claim(inner, names[1]) : null;
    }
}
