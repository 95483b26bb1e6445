package org.shuniu.trials;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;

/**
 * Rides in the hub's process of a trial and ends it, as kill -9 does, when one method has returned for the n-th time.
 *
 * <p>Its argument is {@code <class>#<method>:<n>:<file>}; the file tells the trial that the point was reached.
 */
public final class KillAgent {

    private static final int KILLED = 137;

    private static final AtomicInteger LEFT = new AtomicInteger();
    private static Path mark;

    private KillAgent() {}

    public static void premain(String argument, Instrumentation instrumentation) {
        String[] parts = argument.split(":", 3);
        String[] point = parts[0].split("#");
        LEFT.set(Integer.parseInt(parts[1]));
        mark = Path.of(parts[2]);
        instrumentation.addTransformer(new Weaver(point[0].replace('.', '/'), point[1]));
    }

    /** Leaves every class but one as it is. */
    private record Weaver(String type, String method) implements ClassFileTransformer {

        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
            return type.equals(name) ? woven(loader, bytes) : null;
        }

        private byte[] woven(ClassLoader loader, byte[] bytes) {
            String dotted = type.replace('/', '.');
            ClassFileLocator classes = new ClassFileLocator.Compound(
                    ClassFileLocator.Simple.of(dotted, bytes), ClassFileLocator.ForClassLoader.of(loader));
            TypeDescription described =
                    TypePool.Default.of(classes).describe(dotted).resolve();
            return new ByteBuddy()
                    .redefine(described, classes)
                    .visit(Advice.to(Returned.class).on(named(method)))
                    .make()
                    .getBytes();
        }
    }

    /** Called by the woven method. */
    public static void returned() {
        if (LEFT.decrementAndGet() == 0) {
            try {
                Files.writeString(mark, "reached");
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
            Runtime.getRuntime().halt(KILLED);
        }
    }

    /** Woven into the method. */
    public static final class Returned {
        private Returned() {}

        @Advice.OnMethodExit
        public static void exit() {
            KillAgent.returned();
        }
    }
}
