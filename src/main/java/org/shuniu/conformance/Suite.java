package org.shuniu.conformance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.contract.Contract;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.UsualDocuments;
import org.shuniu.partner.Partner;
import org.shuniu.partner.Secrets;

/** All that an office's test system is tried with, made from its contract. */
public final class Suite implements AutoCloseable {

    /**
     * What the hub has of a partner.
     *
     * @param folder of the mappings
     */
    public record Files(Path folder, Contract contract, Mappings mappings, Catalogue catalogue) {}

    /**
     * How it is run.
     *
     * @param within which the test system decides a case
     * @param listen where callbacks come, or null where none do
     * @param keep where the bytes of each trial are kept, or null
     * @param which trials, by their ids
     */
    public record Terms(
            Duration within,
            @Nullable InetSocketAddress listen,
            @Nullable Path keep,
            Predicate<String> which) {}

    private static final Set<String> PROTOCOLS = Set.of("rest", "soap", "amqp", "table", "sftp");
    private static final int CALLS_AT_MOST = 6;

    private final Office.Way way;
    private final List<Trial> trials;
    private final Terms terms;
    private final Correspondence correspondence;
    private final Runner runner = new Runner();

    private Suite(Office.Way way, List<Trial> trials, Terms terms, Correspondence correspondence) {
        this.way = way;
        this.trials = trials;
        this.terms = terms;
        this.correspondence = correspondence;
    }

    /** Why a partner can't be tried, or an empty text. */
    public static String impossible(Partner partner) {
        return PROTOCOLS.contains(partner.protocol())
                ? ""
                : "%s speaks %s, expected one of %s"
                        .formatted(partner.id(), partner.protocol(), new TreeSet<>(PROTOCOLS));
    }

    /**
     * Prepares it; nothing is sent yet.
     *
     * @param partner at the address of its test system
     * @param today the day, on the city's clocks
     * @throws IllegalArgumentException for a protocol that can't be tried like this, or when something of somebody else lies where the
     *     office's words are taken from
     * @throws IllegalStateException naming a secret that is missing
     */
    public static Suite of(Files files, Partner partner, Secrets secrets, LocalDate today, Terms terms)
            throws IOException {
        Correspondence correspondence =
                new Correspondences(partner, secrets).of(files.contract().results(), terms.listen());
        return of(files, partner, correspondence, today, terms);
    }

    /** The same by a way that somebody else has made; it is closed with the suite. */
    static Suite of(Files files, Partner partner, Correspondence correspondence, LocalDate today, Terms terms)
            throws IOException {
        Contract contract = files.contract();
        LocalDate day = today.isBefore(contract.since()) ? contract.since() : today;
        Arrivals arrivals = correspondence.arrivals();
        Office.Way way = new Office.Way(
                partner,
                correspondence.channel(),
                correspondence.answersLater()
                        ? Optional.of(new LaterWords(arrivals, terms.within()))
                        : Optional.empty(),
                files.mappings(),
                DocumentSchemas.load(files.folder()),
                new Agreed(contract),
                Pace.of(contract.limits().perSecond()),
                Days.of(day));
        try {
            correspondence.listen(new Office(way, new Transcript(null))::unasked);
        } catch (IOException | RuntimeException impossible) {
            correspondence.close();
            throw impossible;
        }
        MadeUpCases cases =
                new MadeUpCases(contract, new UsualDocuments(files.folder(), files.mappings(), files.catalogue(), day));
        Decisions decisions = new Decisions(contract.results(), arrivals, terms.within());
        return new Suite(way, trials(contract, way, cases, decisions, correspondence), terms, correspondence);
    }

    private static List<Trial> trials(
            Contract contract, Office.Way way, MadeUpCases cases, Decisions decisions, Correspondence correspondence) {
        Openings openings = new Openings(cases, decisions, contract.results());
        boolean asked = new Office(way, new Transcript(null)).isAsked();
        return Stream.of(
                        new TakenTrials(contract, cases, way.agreed(), openings).trials(),
                        new FollowingTrials(cases, openings, decisions).trials(),
                        new ResultTrials(cases, decisions, contract.results(), asked).trials(),
                        new SentBackTrials(contract, cases, way.agreed(), openings, correspondence).trials())
                .flatMap(List::stream)
                .toList();
    }

    /** The ids of all trials, in their order. */
    public List<String> ids() {
        return trials.stream().map(Trial::id).toList();
    }

    /** Where the office has to call back to, if it does. */
    public Optional<InetSocketAddress> listensAt() {
        return correspondence instanceof Calls calls ? calls.listensAt() : Optional.empty();
    }

    /**
     * Runs the trials, whatever becomes of each, and tells of them in their order.
     *
     * <p>One after the other where the office answers calls. Where it answers later, all are handed in at the same time and wait for
     * its words together, for it may take long to look; only what could spoil that comes afterwards, one by one.
     */
    public List<Tried> run(Consumer<Tried> teller) throws InterruptedException {
        List<Trial> chosen =
                trials.stream().filter(trial -> terms.which().test(trial.id())).toList();
        List<Trial> together =
                chosen.stream().filter(this::mayStandBesideOthers).toList();
        List<Runner.Running> begun =
                together.stream().map(trial -> begin(trial, together.size())).toList();
        List<Tried> all = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            all.add(told(together.get(i), begun.get(i).end(), teller));
        }
        for (Trial trial : chosen) {
            if (!mayStandBesideOthers(trial)) {
                all.add(told(trial, begin(trial, 1).end(), teller));
            }
        }
        return all;
    }

    private boolean mayStandBesideOthers(Trial trial) {
        return correspondence.answersLater() && !trial.alone();
    }

    /** @param crowd how many are tried at the same time, and keep one pace */
    private Runner.Running begin(Trial trial, int crowd) {
        Duration limit = way.partner()
                .deadline()
                .multipliedBy(CALLS_AT_MOST)
                .plus(terms.within().multipliedBy(trial.waits()))
                .plus(way.pace().between().multipliedBy((long) CALLS_AT_MOST * crowd));
        return runner.begin(trial, new Office(way, new Transcript(bytes(trial))), limit);
    }

    private @Nullable Path bytes(Trial trial) {
        return terms.keep() == null ? null : terms.keep().resolve(trial.id().replace('/', '-'));
    }

    private Tried told(Trial trial, Runner.Run run, Consumer<Tried> teller) {
        Judgement judgement = run.judgement();
        Tried tried = new Tried(
                trial.id(),
                judgement.end(),
                trial.expected(),
                judgement.came(),
                judgement.whose(),
                judgement.end() == End.NOT_APPLICABLE
                        ? Optional.empty()
                        : Optional.ofNullable(bytes(trial)).map(Path::toString),
                run.took().toMillis());
        teller.accept(tried);
        return tried;
    }

    @Override
    public void close() {
        runner.close();
        correspondence.close();
    }
}
