package org.shuniu.swap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.shuniu.fault.Fault;
import org.shuniu.partner.PartnerDirectory;

/**
 * Builds all routes of a version in a context of their own, with the hub's own components and beans, and starts none: no queue is
 * read, no clock ticks, no gateway opens, and nobody is called. What Camel can't build is found here and not in a hub that runs.
 */
final class DryRun {

    /**
     * What routes are built with.
     *
     * @param beans that routes may call, by their names
     * @param delivery where routes of some partners begin with deliveries
     * @param gateway where routes begin with calls
     * @param jms of the hub's own broker, to which nothing connects
     * @param translators registers what translates, without translating
     * @param settings what stands in <code>{{…}}</code>, or null
     */
    record Parts(
            Map<String, Object> beans,
            Function<PartnerDirectory, Component> delivery,
            Supplier<Component> gateway,
            Supplier<Component> jms,
            Consumer<CamelContext> translators,
            UnaryOperator<String> settings) {}

    /** A scheduler that never starts needs no more. */
    private static final String THREADS = "org.quartz.threadPool.threadCount";

    private final Parts parts;

    DryRun(Parts parts) {
        this.parts = parts;
    }

    /** All that can't be built, by the file in which it is. */
    List<Fault> run(ConfigurationFiles files, Path folder, PartnerDirectory partners) {
        List<Fault> faults = new ArrayList<>();
        try (DefaultCamelContext scratch = new DefaultCamelContext()) {
            equip(scratch, partners);
            scratch.start();
            for (RoutePlan.Step step :
                    RoutePlan.between(ConfigurationFiles.NONE, files).steps()) {
                load(scratch, folder.resolve(step.file()), faults);
            }
        } catch (Exception unexpected) {
            faults.add(fault(Loaded.routes(folder), unexpected));
        }
        return faults;
    }

    private void equip(DefaultCamelContext scratch, PartnerDirectory partners) {
        // Schedulers of one name are one in the whole process.
        scratch.getCamelContextExtension().setName("dry-run-" + UUID.randomUUID());
        scratch.setAutoStartup(false);
        scratch.disableJMX();
        parts.beans().forEach(scratch.getRegistry()::bind);
        scratch.addComponent("delivery", parts.delivery().apply(partners));
        scratch.addComponent("gateway", parts.gateway().get());
        scratch.addComponent("jms", parts.jms().get());
        scratch.addComponent("quartz", silentClock());
        parts.translators().accept(scratch);
        scratch.getPropertiesComponent().addPropertiesSource(new PropertiesSource() {
            @Override
            public String getName() {
                return "hub";
            }

            @Override
            public String getProperty(String name) {
                return parts.settings().apply(name);
            }
        });
    }

    private static Component silentClock() {
        Properties settings = new Properties();
        settings.setProperty(THREADS, "1");
        settings.setProperty("org.quartz.scheduler.instanceName", "dry-run");
        QuartzComponent quartz = new QuartzComponent();
        quartz.setAutoStartScheduler(false);
        quartz.setEnableJmx(false);
        quartz.setProperties(settings);
        return quartz;
    }

    private static void load(CamelContext scratch, Path file, List<Fault> faults) {
        try {
            Resource resource =
                    PluginHelper.getResourceLoader(scratch).resolveResource("file:" + file.toAbsolutePath());
            PluginHelper.getRoutesLoader(scratch).loadRoutes(resource);
        } catch (Exception unfit) {
            faults.add(fault(file, unfit));
        }
    }

    private static Fault fault(Path file, Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return new Fault(
                file.toString(),
                0,
                "",
                "the dry run can't build this: %s".formatted(cause.getMessage() == null ? cause : cause.getMessage()),
                "routes that Camel can build and start");
    }
}
