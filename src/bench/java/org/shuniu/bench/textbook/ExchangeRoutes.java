package org.shuniu.bench.textbook;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The two journeys: an application to the department, and its result to the platform. */
@Component
class ExchangeRoutes extends RouteBuilder {

    private static final String SETTLED =
            "sql:update delivery set state = 'delivered', settled_at = now() where id = cast(:#deliveryId as uuid)";
    private static final String ANSWER =
            "sql:insert into answer values (gen_random_uuid(), cast(:#deliveryId as uuid), convert_to(:#${body},"
                    + " 'UTF8'), now())";
    private static final String EVENT =
            "sql:insert into event (at, case_no, delivery_id, kind) values (now(), :#caseNo, cast(:#deliveryId as"
                    + " uuid), :#kind)";

    @Override
    public void configure() {
        forwardApplication();
        returnResult();
    }

    private void forwardApplication() {
        from("jms:queue:application")
                .routeId("forward-application")
                .transacted("databaseRequired")
                .setBody(
                        simple(
                                "{\"requestId\":\"${header.messageId}\",\"applyNo\":\"${header.caseNo}\",\"document\":${body}}"))
                .setHeader(Exchange.HTTP_METHOD, constant("POST"))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .to("http:{{textbook.partners}}/economy/api/v1/applications")
                .convertBodyTo(String.class)
                .removeHeaders("CamelHttp*")
                .to(ANSWER)
                .to(SETTLED)
                .setHeader("kind", constant("delivered"))
                .to(EVENT)
                .setHeader("callId", header("deliveryId"))
                .setHeader("messageId", simple("${uuid(random)}"))
                .setHeader("deliveryId", simple("${uuid(random)}"))
                .setBody(
                        simple(
                                "{\"messageId\":\"${header.messageId}\",\"event\":\"result\",\"caseNo\":\"${header.caseNo}\",\"answer\":${body}}"))
                .to("sql:insert into message_key values ('economy', :#callId, cast(:#messageId as uuid), ''::bytea)")
                .to("sql:insert into message values (cast(:#messageId as uuid), 'result', :#caseNo,"
                        + " convert_to(:#${body}, 'UTF8'), now())")
                .to("sql:insert into delivery values (cast(:#deliveryId as uuid), cast(:#messageId as uuid),"
                        + " 'acceptance-platform', 'pending', now())")
                .setHeader("kind", constant("returned"))
                .to(EVENT)
                .to("jms:queue:result");
    }

    private void returnResult() {
        from("jms:queue:result")
                .routeId("return-result")
                .transacted("databaseRequired")
                .setHeader(Exchange.HTTP_METHOD, constant("POST"))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .to("http:{{textbook.partners}}/acceptance-platform/events")
                .convertBodyTo(String.class)
                .to(ANSWER)
                .to(SETTLED)
                .setHeader("kind", constant("delivered"))
                .to(EVENT);
    }
}
