package org.shuniu.partner;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One partner's block of configuration, {@code routes/<id>/partner.yaml}.
 *
 * @param department code in the catalogue, or empty for a partner that is no department
 * @param protocol which channel adapter speaks to it: {@code rest}, {@code soap}, {@code table}, {@code sftp}, {@code amqp},
 *     {@code smpp} or {@code chx}
 * @param address base address, for the protocols that have one
 * @param operations what each kind of document is called there: a path or a transaction
 * @param enquiry how its results are asked for, where it decides later
 * @param enrich how it completes what is on its way to others, where it does
 * @param enrichedBy the partner that completes what is on its way to this one
 * @param sending what it may do as a sender
 * @param counting how it counts what it was sent, where it can
 * @param exchange what is agreed with the hub of another region, where the partner is one
 * @param connected whether it takes part; what is prepared and not connected yet is never called and decides nothing
 */
public record Partner(
        String id,
        Name name,
        Optional<String> department,
        String protocol,
        Optional<URI> address,
        Map<String, String> operations,
        Authentication authentication,
        DeliveryPolicy delivery,
        OpeningHours hours,
        Optional<Database> database,
        Optional<Enquiry> enquiry,
        Optional<FileExchange> files,
        Optional<Queues> queues,
        Optional<Enrich> enrich,
        Optional<String> enrichedBy,
        Sending sending,
        Optional<Counting> counting,
        Optional<ExchangeProfile> exchange,
        boolean connected) {

    /** Whether it is the hub of another region. */
    public boolean isRegion() {
        return protocol.equals("chx");
    }

    /** The partner's name in both languages. */
    public record Name(String zh, String en) {}

    /** How the hub shows the partner who it is; secrets are named, never written. */
    public sealed interface Authentication {
        /** It does not. */
        record None() implements Authentication {}

        /** A fixed token. */
        record Bearer(String secret) implements Authentication {}

        /**
         * A token that is given for an account and an application's key.
         *
         * @param appSecret name of the secret that belongs to the key
         * @param password name of the secret that belongs to the account
         */
        record Login(String path, String appKey, String appSecret, String account, String password)
                implements Authentication {}

        /** An account for a session. */
        record Account(String id, String secret) implements Authentication {}

        /** Fields at the end of each form that is sent. */
        record Form(String idField, String id, String passwordField, String secret) implements Authentication {}

        /** OAuth2 client credentials. */
        record ClientCredentials(String tokenPath, String clientId, String secret) implements Authentication {}

        /**
         * An application key, under which every message is signed.
         *
         * @param payloadKey name of the secret with which the content is encrypted too
         */
        record Signature(String appKey, String secret, Optional<String> payloadKey) implements Authentication {}

        /** A user with a password. */
        record Password(String username, String secret) implements Authentication {}

        /** A user with an SSH key. */
        record PrivateKey(String username, String secret) implements Authentication {}
    }

    /**
     * A front-end database.
     *
     * @param password name of the secret
     * @param resultTables tables that the hub reads
     * @param batch rows read at a time
     */
    public record Database(String url, String username, String password, List<String> resultTables, int batch) {

        Database at(String other) {
            return new Database(other, username, password, resultTables, batch);
        }
    }

    /**
     * Queues on the department's own broker.
     *
     * @param password name of the secret
     * @param requests queue that the hub writes
     * @param replies queue that the hub reads
     * @param batch messages read at a time
     * @param largest bytes of one message, in either direction
     */
    public record Queues(
            URI url, String username, String password, String requests, String replies, int batch, long largest) {

        Queues at(URI other) {
            return new Queues(other, username, password, requests, replies, batch, largest);
        }
    }

    public Partner {
        operations = Map.copyOf(operations);
    }

    /** Where its system, its broker or its front-end database is. */
    public Optional<URI> place() {
        return database.map(one -> URI.create(one.url()))
                .or(() -> queues.map(Queues::url))
                .or(() -> address);
    }

    /** The same partner elsewhere, such as its test system: the address, or that of its broker or its front-end database. */
    public Partner at(URI other) {
        return new Partner(
                id,
                name,
                department,
                protocol,
                address.map(here -> other),
                operations,
                authentication,
                delivery,
                hours,
                database.map(one -> one.at(other.toString())),
                enquiry,
                files,
                queues.map(these -> these.at(other)),
                enrich,
                enrichedBy,
                sending,
                counting,
                exchange,
                connected);
    }

    /** The longest that one call may last. */
    public Duration deadline() {
        return delivery.deadline();
    }
}
