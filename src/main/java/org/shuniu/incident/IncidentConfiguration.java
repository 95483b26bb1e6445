package org.shuniu.incident;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.shuniu.audit.AuditLog;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.controlbus.Dismissals;
import org.shuniu.controlbus.FlowGauges;
import org.shuniu.controlbus.FlowReader;
import org.shuniu.delivery.DeliveryProperties;
import org.shuniu.exchange.ExchangeProperties;
import org.shuniu.partner.OpeningHours;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Pools;
import org.shuniu.timelimit.TimeLimits;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** Wires what looks for incidents. */
@Configuration(proxyBeanMethods = false)
class IncidentConfiguration {

    @Bean
    IncidentDesk incidentDesk(Pools pools, AuditLog audit) {
        return new IncidentDesk(pools, audit);
    }

    @Bean
    ServiceHours serviceHours(
            PartnerDirectory partners, Catalogue catalogue, Clock clock, DeliveryProperties delivery) {
        return new ServiceHours(
                partner -> partners.find(partner).map(Partner::hours).orElseGet(OpeningHours::always),
                catalogue.calendar(),
                clock,
                delivery.keepHours());
    }

    /** Those of one part of the hub. What looks at tables that only grow does so by the connections that go by index. */
    record Watchers(List<Watcher> all) {}

    @Bean
    Watchers ofFlows(
            Pools pools,
            PartnerDirectory partners,
            FlowGauges flows,
            ServiceHours hours,
            MeterRegistry registry,
            IncidentProperties bounds) {
        JdbcTemplate sql = pools.console().sql();
        RecentStops stops = new RecentStops(sql);
        return new Watchers(List.of(
                new StoppedPartners(sql, hours, partner -> waiting(flows, partner), bounds.circuit()),
                new Backlogs(flows::seen, hours, stops::stopped, bounds.backlog(), bounds.oldest()),
                new LeftToPeople(
                        LeftToPeople.What.DELIVERIES, pools.settlement().sql(), partners::ids, bounds.parked()),
                new FailingCalls(registry, partners::ids, stops::stopped, bounds.errors())));
    }

    @Bean
    Watchers ofWhatIsNoDelivery(
            Pools pools, PartnerDirectory partners, Dismissals dismissals, IncidentProperties bounds) {
        JdbcTemplate sql = pools.settlement().sql();
        return new Watchers(List.of(
                new ParkedAnswers(
                        dismissals, new LeftToPeople(LeftToPeople.What.ANSWERS, sql, partners::ids, bounds.parked())),
                new LeftToPeople(LeftToPeople.What.QUESTIONS, sql, partners::ids, bounds.parked()),
                new DeadMessages(sql, bounds.parked())));
    }

    private static long waiting(FlowGauges flows, String partner) {
        FlowReader.Flow flow = flows.seen().get(partner);
        return flow == null ? 0 : Backlogs.waiting(flow);
    }

    @Bean
    HubProcesses hubProcesses(Pools pools, AuditLog audit, IncidentProperties bounds) {
        return new HubProcesses(pools.settlement(), audit, bounds.processes());
    }

    @Bean
    Heartbeat heartbeat(
            Pools pools, HubProcesses processes, IncidentProperties bounds, @Value("${shuniu.data-dir}") Path data) {
        return new Heartbeat(
                processes,
                new Machine(pools.settlement().sql(), data),
                bounds.processes().place(),
                bounds.processes().beat());
    }

    @Bean
    Watchers ofTheHub(
            Pools pools, Catalogue catalogue, Clock clock, HubProcesses processes, IncidentProperties bounds) {
        TimeLimits limits = new TimeLimits(pools.console().sql(), catalogue, clock);
        return new Watchers(List.of(
                new LimitsAtRisk(limits, bounds.limitDays()),
                new ProcessWatch(processes::all, bounds.disk(), bounds.drift(), bounds.processes()),
                new FilesFollowed(pools.settlement().sql())));
    }

    @Bean
    Watchers ofTheCalendar(
            Pools pools,
            PartnerDirectory partners,
            Catalogue catalogue,
            Clock clock,
            IncidentProperties bounds,
            ExchangeProperties exchange,
            @Value("${shuniu.routes-dir}") Path routes,
            Environment environment) {
        CaseCounts counts = new CaseCounts(pools.settlement().sql(), partners::ids);
        IncidentStore store = new IncidentStore(pools.settlement().sql());
        KeysThatEnd keys = new KeysThatEnd(exchange, routes, environment::resolveRequiredPlaceholders);
        return new Watchers(List.of(
                new Silences(
                        counts,
                        () -> store.partnersOf(IncidentKind.SILENCE),
                        catalogue.calendar(),
                        clock,
                        bounds.silence()),
                new Expiries(keys, clock),
                new CalendarAhead(catalogue.calendar(), clock)));
    }

    @Bean
    IncidentLooks incidentLooks(
            List<Watchers> watchers,
            Pools pools,
            AuditLog audit,
            NoticeDesk notices,
            MeterRegistry registry,
            IncidentProperties settings) {
        IncidentLease lease = new IncidentLease(pools.settlement().sql(), settings.lease());
        return new IncidentLooks(
                watchers.stream().map(Watchers::all).flatMap(List::stream).toList(),
                new IncidentStore(pools.settlement().sql()),
                lease,
                new IncidentBook(pools.settlement(), lease, audit, notices, settings.settled()),
                new IncidentGauges(registry),
                settings);
    }
}
