package org.shuniu.store;

/** A case on its way to one receiver; lanes sort in the order in which groups touch them. */
public record Lane(String caseNo, String receiver) implements Comparable<Lane> {

    @Override
    public int compareTo(Lane other) {
        int byCase = caseNo.compareTo(other.caseNo);
        return byCase != 0 ? byCase : receiver.compareTo(other.receiver);
    }
}
