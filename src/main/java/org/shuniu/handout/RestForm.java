package org.shuniu.handout;

import java.util.Map;
import java.util.Optional;

/** JSON by HTTP. */
record RestForm(Office office) implements WireForm {

    @Override
    public Map<String, String> schemas() {
        return Map.of("openapi.json", new OpenApi(office).text());
    }

    @Override
    public Optional<String> misfit(Sample sample) {
        String type = sample.isSent()
                ? office.message(sample.what()).type()
                : Occasion.of(sample.what()).type();
        return JsonFit.misfit(new OpenApi(office).text(), type, sample.body());
    }

    @Override
    public String ending() {
        return "json";
    }

    @Override
    public String sentBy(String document) {
        return "POST " + office.partner().operations().getOrDefault(document, "");
    }

    @Override
    public String receivedBy(Occasion occasion) {
        return occasion == Occasion.BY_ITSELF
                ? "POST /callback/v1/" + office.contract().partner()
                : "HTTP 200, POST " + office.partner().operations().getOrDefault(occasion.word(), "");
    }
}
