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
import org.shuniu.channel.ChannelAdapter;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Results;
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

    private static final Set<String> PROTOCOLS = Set.of("rest", "soap");
    private static final int CALLS_AT_MOST = 6;

    private final Office.Way way;
    private final List<Trial> trials;
    private final Terms terms;
    private final Optional<ChannelAdapter> stranger;
    private final @Nullable CallbackDoor door;
    private final Runner runner = new Runner();

    private Suite(
            Office.Way way,
            List<Trial> trials,
            Terms terms,
            Optional<ChannelAdapter> stranger,
            @Nullable CallbackDoor door) {
        this.way = way;
        this.trials = trials;
        this.terms = terms;
        this.stranger = stranger;
        this.door = door;
    }

    /** Why a partner can't be tried without a hub, or an empty text. */
    public static String impossible(Partner partner) {
        return PROTOCOLS.contains(partner.protocol())
                ? ""
                : "%s speaks %s, expected one of %s: offices with files and queues answer later and through a hub's database, and are tried through a hub (try %s)"
                        .formatted(partner.id(), partner.protocol(), new TreeSet<>(PROTOCOLS), partner.id());
    }

    /**
     * Prepares it; nothing is sent yet.
     *
     * @param partner at the address of its test system
     * @param today the day, on the city's clocks
     * @throws IllegalArgumentException for a protocol that can't be tried like this
     * @throws IllegalStateException naming a secret that is missing
     */
    public static Suite of(Files files, Partner partner, Secrets secrets, LocalDate today, Terms terms)
            throws IOException {
        ChannelAdapter channel = ChannelAdapters.byHttp(partner, secrets)
                .orElseThrow(() -> new IllegalArgumentException(impossible(partner)));
        Contract contract = files.contract();
        LocalDate day = today.isBefore(contract.since()) ? contract.since() : today;
        Office.Way way = new Office.Way(
                partner,
                channel,
                files.mappings(),
                DocumentSchemas.load(files.folder()),
                new Agreed(contract),
                Pace.of(contract.limits().perSecond()),
                Days.of(day));
        Optional<ChannelAdapter> stranger = Stranger.of(partner, secrets);
        CallbackDoor door = contract.results() == Results.CALLBACK ? door(way, secrets, terms) : null;
        MadeUpCases cases =
                new MadeUpCases(contract, new UsualDocuments(files.folder(), files.mappings(), files.catalogue(), day));
        Decisions decisions = new Decisions(contract.results(), door, terms.within());
        return new Suite(way, trials(contract, way, cases, decisions, stranger), terms, stranger, door);
    }

    private static CallbackDoor door(Office.Way way, Secrets secrets, Terms terms) throws IOException {
        String partner = way.partner().id();
        Office listening = new Office(way, new Transcript(null));
        String digest = secrets.require(partner + "-callback-token-sha256");
        return CallbackDoor.open(listener(terms), partner, digest, listening::callback);
    }

    private static List<Trial> trials(
            Contract contract,
            Office.Way way,
            MadeUpCases cases,
            Decisions decisions,
            Optional<ChannelAdapter> stranger) {
        Openings openings = new Openings(cases, decisions, contract.results());
        boolean counts = way.partner().counting().isPresent();
        boolean asked = new Office(way, new Transcript(null)).isAsked();
        return Stream.of(
                        new TakenTrials(contract, cases, way.agreed(), openings).trials(),
                        new FollowingTrials(cases, openings, decisions, counts).trials(),
                        new ResultTrials(cases, decisions, contract.results(), asked).trials(),
                        new SentBackTrials(contract, cases, way.agreed(), openings, stranger).trials())
                .flatMap(List::stream)
                .toList();
    }

    private static InetSocketAddress listener(Terms terms) {
        if (terms.listen() == null) {
            throw new IllegalArgumentException("the office calls back, expected an address to listen on");
        }
        return terms.listen();
    }

    /** The ids of all trials, in their order. */
    public List<String> ids() {
        return trials.stream().map(Trial::id).toList();
    }

    /** Where the office has to call back to, if it does. */
    public Optional<InetSocketAddress> listensAt() {
        return Optional.ofNullable(door).map(CallbackDoor::address);
    }

    /** Runs one trial after the other, whatever becomes of each; tells of each as soon as it is over. */
    public List<Tried> run(Consumer<Tried> teller) throws InterruptedException {
        List<Tried> all = new ArrayList<>();
        for (Trial trial : trials) {
            if (terms.which().test(trial.id())) {
                Tried tried = run(trial);
                all.add(tried);
                teller.accept(tried);
            }
        }
        return all;
    }

    private Tried run(Trial trial) throws InterruptedException {
        long began = System.nanoTime();
        Path bytes =
                terms.keep() == null ? null : terms.keep().resolve(trial.id().replace('/', '-'));
        Office office = new Office(way, new Transcript(bytes));
        Judgement judgement = runner.run(trial, office, limit(trial));
        return new Tried(
                trial.id(),
                judgement.end(),
                trial.expected(),
                judgement.came(),
                judgement.whose(),
                judgement.end() == End.NOT_APPLICABLE
                        ? Optional.empty()
                        : Optional.ofNullable(bytes).map(Path::toString),
                Duration.ofNanos(System.nanoTime() - began).toMillis());
    }

    private Duration limit(Trial trial) {
        return way.partner()
                .deadline()
                .multipliedBy(CALLS_AT_MOST)
                .plus(terms.within().multipliedBy(trial.waits()));
    }

    @Override
    public void close() {
        runner.close();
        way.channel().close();
        stranger.ifPresent(ChannelAdapter::close);
        if (door != null) {
            door.close();
        }
    }
}
