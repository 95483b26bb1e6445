package org.shuniu;

import java.util.List;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/** Asks what would keep a production hub from starting in an environment. */
public final class ProductionStart {

    private ProductionStart() {}

    /** One line for each fault, without the headline. */
    public static List<String> faults(ConfigurableEnvironment environment) {
        GenericApplicationContext context = new GenericApplicationContext();
        context.setEnvironment(environment);
        try {
            new ProductionSettings().initialize(context);
            return List.of();
        } catch (ProductionSettings.Refused refused) {
            return refused.getMessage().lines().skip(1).map(String::strip).toList();
        }
    }
}
