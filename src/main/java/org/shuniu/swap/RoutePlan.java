package org.shuniu.swap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which routes end, begin anew or are new between two versions; what is not named here goes on and notices nothing.
 *
 * @param first ids of routes that end before anything else: those of files that are gone
 * @param moving by folders, ids of routes that may have a successor in another file of it, under their own id or at their entry
 * @param steps files that are loaded, each after what it had before was taken out
 * @param last what is gone and was needed by others until all steps were done
 */
record RoutePlan(List<String> first, Map<String, List<String>> moving, List<Step> steps, List<Step> last) {

    /**
     * A file that is loaded, or is gone.
     *
     * @param routes ids of routes that it had before
     * @param templates that it had before
     * @param configurations that it had before
     * @param now ids of the routes that it has now
     * @param order of what others are made of is lower than theirs
     */
    record Step(
            String file,
            List<String> routes,
            List<String> templates,
            List<String> configurations,
            List<String> now,
            int order) {

        static Step of(String file, RouteFiles.Content before, RouteFiles.Content now) {
            return new Step(
                    file,
                    before.routes(),
                    before.templates(),
                    before.configurations(),
                    now.routes(),
                    depth(file, before, now));
        }

        /** Where its file lies. */
        String folder() {
            return folderOf(file);
        }

        /** Configurations stand before templates, and these before the routes that are made of them. */
        private static int depth(String file, RouteFiles.Content before, RouteFiles.Content now) {
            if (!before.configurations().isEmpty() || !now.configurations().isEmpty()) {
                return 0;
            }
            if (!before.templates().isEmpty() || !now.templates().isEmpty()) {
                return 1;
            }
            boolean shared = file.indexOf('/') == file.lastIndexOf('/');
            return shared ? 2 : 3;
        }
    }

    private static final Comparator<Step> ORDER =
            Comparator.comparingInt(Step::order).thenComparing(Step::file);
    private static final RouteFiles.Content NOTHING =
            new RouteFiles.Content(List.of(), List.of(), List.of(), List.of());

    static RoutePlan between(ConfigurationFiles before, ConfigurationFiles now) {
        SortedMap<String, RouteFiles.Content> old = RouteFiles.of(before);
        SortedMap<String, RouteFiles.Content> fresh = RouteFiles.of(now);
        List<Step> steps = new ArrayList<>();
        List<Step> last = new ArrayList<>();
        fresh.forEach((file, content) -> {
            RouteFiles.Content was = old.getOrDefault(file, NOTHING);
            if (!was.made().equals(content.made())) {
                steps.add(Step.of(file, was, content));
            }
        });
        old.forEach((file, content) -> {
            if (!fresh.containsKey(file)) {
                last.add(Step.of(file, content, NOTHING));
            }
        });
        List<String> gone = new ArrayList<>(moved(old, fresh));
        last.forEach(
                file -> file.routes().stream().filter(id -> !gone.contains(id)).forEach(gone::add));
        Set<String> arrivals =
                steps.stream().filter(RoutePlan::hasArrivals).map(Step::folder).collect(Collectors.toSet());
        Map<Boolean, List<String>> stays = gone.stream().collect(Collectors.partitioningBy(id -> {
            Optional<String> home = home(old, id);
            return arrivals.contains(home.orElseThrow())
                    && home(fresh, id).or(() -> home).equals(home);
        }));
        Map<String, List<String>> moving = stays.get(true).stream()
                .collect(Collectors.groupingBy(id -> home(old, id).orElseThrow(), TreeMap::new, Collectors.toList()));
        steps.sort(ORDER);
        return new RoutePlan(stays.get(false), moving, List.copyOf(steps), List.copyOf(last));
    }

    /** Routes whose id is another file's now. */
    private static List<String> moved(
            SortedMap<String, RouteFiles.Content> old, SortedMap<String, RouteFiles.Content> fresh) {
        Map<String, String> places = new HashMap<>();
        fresh.forEach((file, content) -> content.routes().forEach(id -> places.put(id, file)));
        List<String> moved = new ArrayList<>();
        old.forEach((file, content) -> content.routes().stream()
                .filter(id -> !file.equals(places.getOrDefault(id, file)))
                .forEach(moved::add));
        return moved;
    }

    /** Whether it has routes that it had not. */
    private static boolean hasArrivals(Step step) {
        return !step.routes().containsAll(step.now());
    }

    /** The folder in which a route begins, if it does. */
    private static Optional<String> home(SortedMap<String, RouteFiles.Content> old, String route) {
        return old.entrySet().stream()
                .filter(file -> file.getValue().routes().contains(route))
                .map(file -> folderOf(file.getKey()))
                .findFirst();
    }

    private static String folderOf(String file) {
        return file.substring(0, file.lastIndexOf('/'));
    }

    /** Whether a file may have what takes the place of a route that moves: at its entry, that may be one that is there already. */
    boolean succeeds(Step step) {
        return !step.now().isEmpty() && moving.containsKey(step.folder());
    }

    boolean isEmpty() {
        return first.isEmpty() && moving.isEmpty() && steps.isEmpty() && last.isEmpty();
    }

    /** Ids of the routes that are there only now. */
    TreeSet<String> added() {
        TreeSet<String> added = now();
        added.removeAll(before());
        return added;
    }

    /** Ids of the routes that begin anew. */
    TreeSet<String> replaced() {
        TreeSet<String> replaced = now();
        replaced.retainAll(before());
        return replaced;
    }

    /** Ids of the routes that end. */
    TreeSet<String> removed() {
        TreeSet<String> removed = before();
        removed.removeAll(now());
        return removed;
    }

    private TreeSet<String> now() {
        TreeSet<String> ids = new TreeSet<>();
        steps.forEach(step -> ids.addAll(step.now()));
        return ids;
    }

    private TreeSet<String> before() {
        TreeSet<String> ids = new TreeSet<>(first);
        moving.values().forEach(ids::addAll);
        steps.forEach(step -> ids.addAll(step.routes()));
        return ids;
    }
}
