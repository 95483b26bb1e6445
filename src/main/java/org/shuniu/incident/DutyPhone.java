package org.shuniu.incident;

import java.time.Duration;
import java.util.UUID;

/** The telephone of somebody on duty; its number stands in the settings only, never with the notices. */
final class DutyPhone implements Channel {

    static final String PREFIX = "sms-";

    private final String name;
    private final String number;
    private final ShortMessages gateway;

    /** @param name as the settings call it */
    DutyPhone(String name, String number, ShortMessages gateway) {
        this.name = name;
        this.number = number;
        this.gateway = gateway;
    }

    @Override
    public String name() {
        return PREFIX + name;
    }

    @Override
    public Duration deadline() {
        return gateway.deadline();
    }

    @Override
    public String body(NoticeWords words, NoticeWords.News news) {
        return words.sms(news);
    }

    @Override
    public boolean knowsItAgain() {
        return gateway.knowsThemAgain();
    }

    @Override
    public void send(UUID id, String body) throws NotTaken {
        gateway.send(id, number, body);
    }
}
