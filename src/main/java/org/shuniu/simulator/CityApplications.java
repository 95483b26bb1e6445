package org.shuniu.simulator;

import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/** Applications as the city's day brings them: at the counters while they are open, else by the website and the app. */
final class CityApplications {
    private static final double ONLINE = 0.8;
    private static final double ELSEWHERE = 0.25;
    private static final double PAPER_POSTED = 0.5;
    private static final double SMS = 0.33;
    private static final double COURIER = 0.1;

    private final CityVolumes volumes;
    private final CityDay day;
    private final Random random;

    CityApplications(CityVolumes volumes, CityDay day, Random random) {
        this.volumes = volumes;
        this.day = day;
        this.random = random;
    }

    /** Makes an application without item into one of the day. */
    void complete(ObjectNode application, FictionalPerson person) {
        CityVolumes.Item item = volumes.item(random);
        CityVolumes.Home home = volumes.home(random);
        boolean counter = day.countersOpen() && (!item.online() || random.nextDouble() > ONLINE);
        application.put("itemCode", item.code());
        application.withObject("applicant").put("division", home.street());
        ObjectNode form = application.putObject("form").put("purpose", "本人使用");
        if (counter) {
            boolean elsewhere = random.nextDouble() < ELSEWHERE;
            CityVolumes.Home receiving = elsewhere ? volumes.home(random) : home;
            application.put("channel", "1").put("receivingCentre", receiving.centre());
            if (item.territorial() && !receiving.equals(home) && random.nextDouble() < PAPER_POSTED) {
                form.put("remark", "PAPER");
            }
        } else {
            application.put("channel", random.nextBoolean() ? "2" : "3");
        }
        wish(application, person);
    }

    private void wish(ObjectNode application, FictionalPerson person) {
        boolean sms = random.nextDouble() < SMS;
        boolean courier = random.nextDouble() < COURIER;
        if (sms) {
            application.withObject("services").put("sms", true);
        }
        if (courier) {
            application
                    .withObject("services")
                    .putObject("courier")
                    .put("name", person.name())
                    .put("mobile", person.mobile())
                    .put("address", "上海市测试路%d号".formatted(random.nextInt(1, 500)));
        }
    }
}
