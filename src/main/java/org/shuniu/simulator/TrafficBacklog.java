package org.shuniu.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Made-up applications that the hub has not taken yet, bounded, with a count of what became of all others. */
final class TrafficBacklog {
    private static final Logger LOG = LoggerFactory.getLogger(TrafficBacklog.class);
    private static final int LARGEST = 1000;
    private static final int UNDER_WAY = 32;

    private final Deque<Traffic.Posting> waiting = new ArrayDeque<>();
    private int underWay;
    private long accepted;
    private long refused;
    private long dropped;

    synchronized void add(Traffic.Posting posting) {
        if (waiting.size() < LARGEST) {
            waiting.addLast(posting);
            return;
        }
        dropped++;
        if (dropped % LARGEST == 1) {
            LOG.warn("Traffic: the hub takes too little; {} made-up applications dropped so far", dropped);
        }
    }

    synchronized List<Traffic.Posting> takeForSending() {
        List<Traffic.Posting> taken = new ArrayList<>();
        while (underWay < UNDER_WAY && !waiting.isEmpty()) {
            taken.add(waiting.removeFirst());
            underWay++;
        }
        return taken;
    }

    synchronized void putBack(Traffic.Posting posting) {
        underWay--;
        waiting.addFirst(posting);
    }

    synchronized void accepted() {
        underWay--;
        accepted++;
    }

    synchronized void refused() {
        underWay--;
        refused++;
    }

    synchronized ObjectNode shown() {
        ObjectNode shown = JsonMapper.shared().createObjectNode();
        shown.put("waiting", waiting.size()).put("underWay", underWay);
        return shown.put("accepted", accepted).put("refused", refused).put("dropped", dropped);
    }
}
