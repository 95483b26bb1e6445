package org.shuniu.report;

import java.time.Clock;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Pools;
import org.shuniu.timelimit.TimeLimits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what counts for reports, and what reads them. */
@Configuration(proxyBeanMethods = false)
class ReportConfiguration {

    @Bean
    ReportCounting reportCounting(
            Pools pools, PartnerDirectory partners, Catalogue catalogue, Clock clock, ReportProperties settings) {
        Pools.Door door = pools.counting();
        CountedCases cases = new CountedCases(
                door.sql(),
                partner -> partners.find(partner).filter(Partner::isRegion).isPresent());
        return new ReportCounting(
                new ReportSums(
                        door,
                        new Facts(door.sql(), settings.lines()),
                        cases,
                        new TimeLimits(door.sql(), catalogue, clock),
                        catalogue.calendar()),
                settings);
    }

    @Bean
    CaseReports caseReports(Pools pools) {
        return new CaseReports(pools.console());
    }
}
