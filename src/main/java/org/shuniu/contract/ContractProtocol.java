package org.shuniu.contract;

import static org.shuniu.contract.Contract.Results.AT_ONCE;
import static org.shuniu.contract.Contract.Results.CALLBACK;
import static org.shuniu.contract.Contract.Results.POLL;
import static org.shuniu.contract.Contract.Results.QUERY;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.shuniu.contract.Contract.Results;

/** What a department speaks; the first way in which its results come is the usual one. */
public enum ContractProtocol {
    /** JSON by HTTP, with a bearer token. */
    REST("json", false, CALLBACK, QUERY, AT_ONCE),
    /** SOAP 1.2, document/literal. */
    SOAP("xml", false, CALLBACK, QUERY, AT_ONCE),
    /** XML by AMQP 1.0, in a queue for requests and one for replies on its own broker. */
    AMQP("xml", false, POLL),
    /** Rows of a front-end database (前置库), which the hub writes, and others that it reads. */
    TABLE("json", false, POLL),
    /** CSV files on its SFTP server, whose first line names the columns. */
    SFTP_CSV("csv", true, POLL),
    /** Files on its SFTP server with lines whose columns are counted in bytes. */
    FIXED_WIDTH("txt", true, POLL);

    private final String ending;
    private final boolean flat;
    private final List<Results> results;

    ContractProtocol(String ending, boolean flat, Results... results) {
        this.ending = ending;
        this.flat = flat;
        this.results = List.of(results);
    }

    /** The ending of files that hold one message, such as {@code json}. */
    public String ending() {
        return ending;
    }

    /** Whether all documents are lines of one file, and so have the same columns, with one that says which kind a line is. */
    public boolean isFlat() {
        return flat;
    }

    /** The ways in which results may come. */
    public List<Results> results() {
        return results;
    }

    /** As contracts and the command line have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<ContractProtocol> of(String word) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.word().equals(word))
                .findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(ContractProtocol::word).toList();
    }
}
