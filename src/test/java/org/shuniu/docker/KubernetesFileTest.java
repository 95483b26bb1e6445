package org.shuniu.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.ProductionStart;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** As much of kubernetes.yaml as can be checked without a cluster. */
class KubernetesFileTest {

    private final Compose compose = new Compose("compose.yaml");
    private final List<JsonNode> objects = objects();

    @TempDir
    Path directory;

    private static List<JsonNode> objects() {
        try {
            String text = Files.readString(Compose.FOLDER.resolve("kubernetes.yaml"));
            return StreamSupport.stream(new Yaml().loadAll(text).spliterator(), false)
                    .<JsonNode>map(JsonMapper.shared()::valueToTree)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private JsonNode the(String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").stringValue().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode pod() {
        return the("StatefulSet").at("/spec/template");
    }

    private JsonNode hub() {
        return pod().at("/spec/containers/0");
    }

    private Map<String, Object> given() {
        Map<String, Object> given = new TreeMap<>();
        the("ConfigMap")
                .path("data")
                .properties()
                .forEach(entry -> given.put(entry.getKey(), entry.getValue().stringValue()));
        hub().path("env")
                .forEach(variable -> given.put(
                        variable.path("name").stringValue(),
                        variable.path("value").asString("shuniu-0")));
        return given;
    }

    @Test
    void givesAHubAmongSeveralEverythingItAsksFor() throws IOException {
        assertThat(ProductionStart.faults(compose.environment(given(), compose.secrets("hub"), directory)))
                .isEmpty();
    }

    @Test
    void givesTheSameSettingsAsComposeExceptThoseOfItsNetwork() {
        Map<String, Object> ofCompose = new TreeMap<>(compose.variables("hub"));
        ofCompose.remove("SHUNIU_CLEAR_TEXT_HOSTS");

        assertThat(given().keySet()).isEqualTo(ofCompose.keySet());
    }

    @Test
    void findsWhatItNames() {
        JsonNode labels = pod().at("/metadata/labels");
        List<String> volumes = Stream.concat(
                        pod().at("/spec/volumes").valueStream(),
                        the("StatefulSet")
                                .at("/spec/volumeClaimTemplates")
                                .valueStream()
                                .map(claim -> claim.path("metadata")))
                .map(volume -> volume.path("name").stringValue())
                .toList();

        assertThat(the("Service").at("/spec/selector")).isEqualTo(labels);
        assertThat(the("PodDisruptionBudget").at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(the("StatefulSet").at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(hub().at("/envFrom/0/configMapRef/name"))
                .isEqualTo(the("ConfigMap").at("/metadata/name"));
        assertThat(hub().path("volumeMounts")
                        .valueStream()
                        .map(mount -> mount.path("name").stringValue()))
                .containsExactlyInAnyOrderElementsOf(volumes);
        assertThat(pod().at("/spec/volumes/0/persistentVolumeClaim/claimName"))
                .isEqualTo(the("PersistentVolumeClaim").at("/metadata/name"));
        assertThat(the("PersistentVolumeClaim").at("/spec/accessModes/0").stringValue())
                .isEqualTo("ReadWriteMany");
    }

    @Test
    void keepsOneHubFromTakingTheOthersWithIt() {
        assertThat(the("StatefulSet").at("/spec/replicas").intValue()).isGreaterThan(1);
        assertThat(the("PodDisruptionBudget").at("/spec/maxUnavailable").intValue())
                .isEqualTo(1);
        assertThat(hub().at("/readinessProbe/httpGet/path").stringValue()).isEqualTo("/actuator/health/readiness");
        assertThat(hub().at("/livenessProbe/httpGet").isMissingNode())
                .as("a hub without its database must not be started anew for it")
                .isTrue();
    }

    @Test
    void runsWithNoMoreRightsThanItNeeds() {
        assertThat(pod().at("/spec/securityContext/runAsNonRoot").booleanValue())
                .isTrue();
        assertThat(hub().at("/securityContext/readOnlyRootFilesystem").booleanValue())
                .isTrue();
        assertThat(hub().at("/securityContext/allowPrivilegeEscalation").booleanValue())
                .isFalse();
        assertThat(hub().at("/securityContext/capabilities/drop/0").stringValue())
                .isEqualTo("ALL");
        assertThat(compose.service("hub").path("read_only").booleanValue()).isTrue();
    }
}
