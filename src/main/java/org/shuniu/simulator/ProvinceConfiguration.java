package org.shuniu.simulator;

import java.net.URI;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Gives the demo its second hub, where it has an exchange of its own making. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty({
    "shuniu.simulator.province.enabled",
    "shuniu.simulator.enabled",
    "shuniu.exchange.enabled",
    "shuniu.database.embedded"
})
class ProvinceConfiguration {

    /** Before anything is read of the partners: what was agreed with the province stands in the settings. */
    @Bean
    static BeanFactoryPostProcessor agreementWithProvince(ConfigurableEnvironment environment) {
        return beans -> {
            ProvinceSettings settings = new ProvinceSettings(environment);
            settings.makePapers();
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("the demo's province", settings.ofTheFirst()));
        };
    }

    @Bean
    Province province(ConfigurableEnvironment environment, SimulatorProperties here, ProvinceProperties properties) {
        ProvinceSettings settings = new ProvinceSettings(environment);
        DeltaCitizens citizens = new DeltaCitizens(properties.every());
        citizens.of(here.hub(), here.secretsDir(), DeltaCitizens.OF_THE_PROVINCE);
        citizens.of(URI.create(settings.api()), settings.secrets(), DeltaCitizens.OF_THE_CITY);
        return new Province(settings, properties, citizens);
    }
}
