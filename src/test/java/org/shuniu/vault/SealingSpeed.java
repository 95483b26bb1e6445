package org.shuniu.vault;

import java.security.SecureRandom;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Measures by hand what nonces and sealing cost in nanoseconds a value: run its main method. */
final class SealingSpeed {

    private static final int VALUES = 400_000;
    private static final int THREADS = 8;

    private SealingSpeed() {}

    public static void main(String[] arguments) throws InterruptedException {
        SecureRandom random = new SecureRandom();
        Nonces nonces = new Nonces();
        Vault vault = Vault.of(Map.of(1, new byte[32]), 1, new byte[32]);
        byte[] body = new byte[2_048];
        UUID row = UUID.randomUUID();
        for (int round = 0; round < 3; round++) {
            System.out.printf("random nonce  %5d ns%n", measure(() -> random.nextBytes(new byte[Nonces.LENGTH])));
            System.out.printf("counted nonce %5d ns%n", measure(() -> nonces.next(new byte[Nonces.LENGTH], 0)));
            System.out.printf("seal 2 KB     %5d ns%n", measure(() -> vault.seal(body, "message.body", row)));
            System.out.printf("blind index   %5d ns%n", measure(() -> vault.blindIndex("id-number", "0")));
        }
    }

    private static long measure(Runnable act) throws InterruptedException {
        Thread[] threads = IntStream.range(0, THREADS)
                .mapToObj(i ->
                        new Thread(() -> IntStream.range(0, VALUES / THREADS).forEach(j -> act.run())))
                .toArray(Thread[]::new);
        long begun = System.nanoTime();
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return (System.nanoTime() - begun) / VALUES;
    }
}
