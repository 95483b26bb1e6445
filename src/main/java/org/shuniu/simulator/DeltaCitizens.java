package org.shuniu.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Citizens who apply at one region's platform for what the region that they come from decides. */
final class DeltaCitizens implements AutoCloseable {

    /** Prefectures of which region-divisions.csv says nothing of their own. */
    static final List<String> OF_THE_PROVINCE = List.of("330400", "330500", "330700", "330900");

    static final List<String> OF_THE_CITY = List.of("310101002", "310105010", "310109014", "310115013");

    /** What the regions of the Delta decide for each other, all the way online. */
    private static final List<String> ITEMS = List.of("312099069000", "312099058000", "312090078000");

    private final Duration every;
    private final Random random = new Random();
    private final List<Queue> queues = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker = new Thread(this::run, "simulator-delta");

    DeltaCitizens(Duration every) {
        this.every = every;
    }

    /**
     * @param hub where they apply
     * @param secrets of that hub
     * @param divisions where they come from
     */
    void of(URI hub, Path secrets, List<String> divisions) {
        queues.add(new Queue(new HubApi(hub, new SecretFiles(secrets)), divisions));
    }

    void start() {
        worker.setDaemon(true);
        worker.start();
    }

    @Override
    public void close() {
        closing.countDown();
        Waiting.forEndOf(worker);
    }

    private void run() {
        while (!Waiting.upTo(closing, every.toMillis(), TimeUnit.MILLISECONDS)) {
            queues.forEach(Queue::next);
        }
    }

    /** One hub's; whoever is not answered stays the first, with the same application. */
    private final class Queue {
        private final HubApi hub;
        private final List<String> divisions;
        private String key;
        private String application;

        Queue(HubApi hub, List<String> divisions) {
            this.hub = hub;
            this.divisions = divisions;
        }

        void next() {
            if (application == null) {
                key = UUID.randomUUID().toString();
                application = application();
            }
            HubApi.Answer answer = hub.post(Partner.ACCEPTANCE_PLATFORM, "/api/v1/applications", key, application);
            if (!answer.mayChange()) {
                application = null;
            }
        }

        private String application() {
            ObjectNode application = JsonMapper.shared().createObjectNode();
            application.put("itemCode", ITEMS.get(random.nextInt(ITEMS.size())));
            application.put("applicationTime", CityTime.now().format(CityTime.CANONICAL));
            application.put("channel", "2");
            application.set(
                    "applicant",
                    ApplicationMaker.applicant(FictionalPerson.by(random))
                            .put("division", divisions.get(random.nextInt(divisions.size()))));
            application.putObject("form").put("purpose", "本人使用");
            application.putObject("services").put("sms", true);
            return application.toString();
        }
    }
}
