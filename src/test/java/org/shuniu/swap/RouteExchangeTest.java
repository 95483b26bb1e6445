package org.shuniu.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.gateway.GatewayComponent;

/** Routes of a running context are exchanged, come and go, and nobody who calls them notices more than a moment. */
class RouteExchangeTest {

    private static final String ERRORS = """
            - routeConfiguration:
                id: errors
                onException:
                  - onException:
                      exception: [java.lang.IllegalStateException]
                      handled: {constant: {expression: "true"}}
                      steps:
                        - setBody: {constant: {expression: %s}}
            """;
    private static final String TEMPLATE = """
            - routeTemplate:
                id: receive
                parameters:
                  - name: partner
                    required: true
                route:
                  routeConfigurationId: errors
                  from:
                    uri: gateway:{{partner}}/application
                    steps:
                      - to: {uri: direct:intake}
                      - setBody: {simple: {expression: "%s ${body}"}}
            """;
    private static final String INTAKE = """
            - route:
                id: intake
                routeConfigurationId: errors
                from:
                  uri: direct:intake
                  steps:
                    - setBody: {constant: {expression: %s}}
            """;
    private static final String FAILING = """
            - route:
                id: failing
                routeConfigurationId: errors
                from:
                  uri: gateway:failing/application
                  steps:
                    - throwException: {exceptionType: java.lang.IllegalStateException, message: no}
            """;
    private static final String CLOCK_FILE = "routes/police/poll.camel.yaml";
    private static final String CLOCK = """
            - route:
                id: police-poll
                routeConfigurationId: errors
                from:
                  uri: quartz:police/poll
                  parameters:
                    cron: "%s"
                    stateful: "true"
                  steps:
                    - bean: {ref: ticks, method: incrementAndGet}
            """;
    private static final int THREADS = 4;
    private static final int SWAPS = 300;
    private static final int MOVES = 60;

    @TempDir
    Path directory;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final GatewayComponent gateway = new GatewayComponent();
    private final AtomicInteger ticks = new AtomicInteger();
    private RouteExchange exchange;
    private ConfigurationFiles current = ConfigurationFiles.NONE;

    @BeforeEach
    void start() throws Exception {
        camel.disableJMX();
        camel.addComponent("gateway", gateway);
        camel.addComponent("direct", new UncachedDirectComponent(Duration.ofSeconds(5)));
        camel.getRegistry().bind("ticks", ticks);
        camel.start();
        exchange = new RouteExchange(camel, gateway);
        go(texts("one", "from", "kept"));
    }

    @AfterEach
    void stop() throws Exception {
        camel.close();
    }

    @Test
    void loadsConfigurationsTemplatesAndRoutes() {
        assertThat(ask("police")).isEqualTo("from one");
        assertThat(ask("failing")).isEqualTo("kept");
    }

    @Test
    void exchangesAChangedRouteAndNoOther() throws Exception {
        long started = uptime("police-receive");
        Thread.sleep(5);

        RoutePlan plan = go(texts("two", "from", "kept"));

        assertThat(plan.replaced()).containsExactly("intake");
        assertThat(ask("police")).isEqualTo("from two");
        assertThat(uptime("police-receive")).isGreaterThan(started);
        assertThat(camel.getRoutes()).hasSize(4);
    }

    @Test
    void exchangesAllThatAreMadeOfAChangedTemplate() throws Exception {
        RoutePlan plan = go(texts("one", "out of", "kept"));

        assertThat(plan.replaced()).containsExactly("health-receive", "police-receive");
        assertThat(ask("police")).isEqualTo("out of one");
        assertThat(ask("health")).isEqualTo("out of one");
    }

    @Test
    void exchangesTheErrorHandlingOfAllThatNameIt() throws Exception {
        go(texts("one", "from", "given back"));

        assertThat(ask("failing")).isEqualTo("given back");
        assertThat(ask("police")).isEqualTo("from one");
    }

    @Test
    void takesUpPartnersThatComeAndEndsThoseThatGo() throws Exception {
        Map<String, String> texts = texts("one", "from", "kept");
        texts.remove("routes/police/receive.camel.yaml");
        texts.put("routes/greening/receive.camel.yaml", templated("greening"));

        go(texts);

        assertThat(ask("greening")).isEqualTo("from one");
        assertThatThrownBy(() -> ask("police")).isInstanceOf(GatewayComponent.NoRoute.class);

        go(texts("one", "from", "kept"));

        assertThat(ask("police")).isEqualTo("from one");
        assertThatThrownBy(() -> ask("greening")).isInstanceOf(GatewayComponent.NoRoute.class);
    }

    @Test
    void exchangesWhatBeginsByTheClock() throws Exception {
        Map<String, String> texts = texts("one", "from", "kept");
        texts.put(CLOCK_FILE, CLOCK.formatted("0 0 0 1 1 ? 2099"));
        go(texts);
        assertThat(ticks).hasValue(0);

        texts.put(CLOCK_FILE, CLOCK.formatted("0/1 * * * * ?"));
        assertThat(go(texts).replaced()).containsExactly("police-poll");
        await().atMost(Duration.ofSeconds(20)).until(() -> ticks.get() > 0);

        texts.remove(CLOCK_FILE);
        assertThat(go(texts).removed()).containsExactly("police-poll");
        int before = ticks.get();
        Thread.sleep(1_500);
        assertThat(ticks).hasValue(before);
    }

    @Test
    void losesNoCallHoweverOftenRoutesAreExchanged() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        AtomicBoolean over = new AtomicBoolean();
        List<Future<Long>> called = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            called.add(callers.submit(() -> callUntil(over)));
        }
        for (int i = 0; i < SWAPS; i++) {
            go(texts("word" + i, i % 3 == 0 ? "from" : "out of", i % 5 == 0 ? "kept" : "given back"));
        }
        over.set(true);

        for (Future<Long> calls : called) {
            assertThat(calls.get(30, TimeUnit.SECONDS)).isPositive();
        }
        callers.shutdownNow();
        assertThat(ask("police")).isEqualTo("out of word" + (SWAPS - 1));
    }

    @Test
    void losesNoCallWhenARouteMovesToAnotherFileAndToAnotherName() throws Exception {
        ExecutorService caller = Executors.newSingleThreadExecutor();
        AtomicBoolean over = new AtomicBoolean();
        Future<Long> calls = caller.submit(() -> callUntil(over));
        for (int i = 0; i < MOVES; i++) {
            Map<String, String> texts = texts("one", "from", "kept");
            texts.remove("routes/police/receive.camel.yaml");
            texts.put(
                    "routes/police/take-%d.camel.yaml".formatted(i % 3),
                    templated("police").replace("police-receive", i % 2 == 0 ? "police-receive" : "police-take"));
            go(texts);
        }
        over.set(true);

        assertThat(calls.get(30, TimeUnit.SECONDS)).isPositive();
        caller.shutdownNow();
        assertThat(camel.getRoutes()).hasSize(4);
    }

    private long callUntil(AtomicBoolean over) throws InterruptedException {
        long calls = 0;
        while (!over.get()) {
            assertThat(ask("police")).matches("(from|out of) (one|word\\d+)");
            calls++;
            Thread.sleep(1);
        }
        return calls;
    }

    private String ask(String partner) {
        return gateway.hand(partner + "/application", "a message", String.class);
    }

    private long uptime(String route) {
        return camel.getRoute(route).getUptimeMillis();
    }

    private RoutePlan go(Map<String, String> texts) throws Exception {
        SortedMap<String, byte[]> files = new TreeMap<>();
        texts.forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
        ConfigurationFiles next = ConfigurationFiles.of(files);
        RoutePlan plan = RoutePlan.between(current, next);
        exchange.begin(plan);
        exchange.finish(plan, next.placeUnder(directory));
        current = next;
        return plan;
    }

    private static Map<String, String> texts(String word, String preposition, String failure) {
        return new TreeMap<>(Map.of(
                "routes/errors.camel.yaml", ERRORS.formatted(failure),
                "routes/receive.camel.yaml", TEMPLATE.formatted(preposition),
                "routes/intake.camel.yaml", INTAKE.formatted(word),
                "routes/failing/receive.camel.yaml", FAILING,
                "routes/police/receive.camel.yaml", templated("police"),
                "routes/health/receive.camel.yaml", templated("health")));
    }

    private static String templated(String partner) {
        return """
                - templatedRoute:
                    routeTemplateRef: receive
                    routeId: %s-receive
                    parameters:
                      - name: partner
                        value: %s
                """.formatted(partner, partner);
    }
}
