package org.shuniu.bench;

/** Measures the hub beside a floor and a textbook, in one run on one machine. */
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        BenchSettings settings = BenchSettings.read();
        switch (settings.mode()) {
            case "lives" -> new LivesMode(settings).run();
            case "growth" -> new GrowthMode(settings).run();
            case "profile" -> new ProfileMode(settings).run();
            case "exchange" -> new ExchangeMode(settings).run();
            case "search" -> new SearchMode(settings).run();
            case "console" -> new ConsoleMode(settings).run();
            case "nodes" -> new NodesMode(settings).run();
            case "start" -> new StartMode(settings).run();
            default ->
                throw new IllegalArgumentException(
                        "Setting bench.mode: expected lives, growth, profile, exchange, search, console, nodes or start, found "
                                + settings.mode());
        }
    }
}
