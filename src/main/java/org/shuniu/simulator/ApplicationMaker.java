package org.shuniu.simulator;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes up applications of people who do not exist; the same seed makes the same people. */
final class ApplicationMaker {
    private static final String FEE_ITEM = "312099061000";
    private static final List<String> COUNTER_ITEMS =
            List.of("312000377000", "312099023000", "312099081000", "312099106000", FEE_ITEM);
    /** These ask for an identity card. */
    private static final List<String> CERTIFIED_ITEMS = List.of("312000250000", "312000237000", "312000660000");

    static final String CERTIFICATE = "1.2.156.3005.2.11310000MB2F30563U021.113100000024200000.SFZ0000000001.001.2";
    static final String COUNTER_CENTRE = "31010100201";
    private static final List<String> ONLINE_ITEMS = List.of(
            "312000250000",
            "312099126000",
            "312000237000",
            "312000349000",
            "312000660000",
            "312000617000",
            "312000370000",
            "312000194000",
            "312000225000",
            "312000311000");
    private static final List<String> ITEMS =
            Stream.of(ONLINE_ITEMS, COUNTER_ITEMS).flatMap(List::stream).toList();

    private final Random random;
    private final CityApplications city;

    /** The same few items at any time. */
    ApplicationMaker(Random random) {
        this(random, null);
    }

    /** @param city makes each application one of the city's day, or null */
    ApplicationMaker(Random random, CityApplications city) {
        this.random = random;
        this.city = city;
    }

    ObjectNode next() {
        return city == null ? simple() : ofTheCity();
    }

    private ObjectNode ofTheCity() {
        FictionalPerson person = FictionalPerson.by(random);
        ObjectNode application = JsonMapper.shared().createObjectNode();
        application.put("applicationTime", CityTime.now().format(CityTime.CANONICAL));
        application.set("applicant", applicant(person));
        city.complete(application, person);
        addIdentityCard(application, application.path("itemCode").stringValue());
        return application;
    }

    private ObjectNode simple() {
        String item = ITEMS.get(random.nextInt(ITEMS.size()));
        ObjectNode application = JsonMapper.shared().createObjectNode();
        application.put("itemCode", item);
        application.put("applicationTime", CityTime.now().format(CityTime.CANONICAL));
        if (COUNTER_ITEMS.contains(item)) {
            application.put("channel", "1").put("receivingCentre", COUNTER_CENTRE);
        } else {
            application.put("channel", random.nextBoolean() ? "2" : "3");
        }
        application.set("applicant", applicant(FictionalPerson.by(random)));
        application.putObject("form").put("purpose", "本人使用");
        if (random.nextInt(3) == 0) {
            application.putObject("services").put("sms", true);
        }
        addIdentityCard(application, item);
        return application;
    }

    /** A scan, or for some items now and then the electronic one. */
    private void addIdentityCard(ObjectNode application, String item) {
        ObjectNode material = application
                .putArray("materials")
                .addObject()
                .put("name", "居民身份证")
                .put("source", "1");
        if (CERTIFIED_ITEMS.contains(item) && random.nextInt(5) == 0) {
            material.putObject("certificate").put("type", "SFZ").put("code", CERTIFICATE);
        }
    }

    static ObjectNode applicant(FictionalPerson person) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("type", "1")
                .put("name", person.name())
                .put("idType", "111")
                .put("idNumber", person.idNumber())
                .put("sex", person.sex())
                .put("birthDate", person.birthDate())
                .put("mobile", person.mobile())
                .put("division", person.division());
    }
}
