package io.github.pbxsdk.benchmarks;

import io.github.pbxsdk.sms.SmsSegments;
import java.text.BreakIterator;
import java.util.Locale;

/** A megabyte of text with emoji divided into messages; the peer only finds its characters. */
public final class SmsSplits implements Benchmark {

    private static final String TEXT =
            "See you tomorrow at 3 pm, Zoë 👩‍👩‍👧! Grüße aus Köln – bis dann. ".repeat(16_000);

    @Override
    public String name() {
        return "sms-split";
    }

    @Override
    public String what() {
        return "a text of 1 MB divided";
    }

    @Override
    public String operations() {
        return "texts";
    }

    @Override
    public String peer() {
        return "java.text.BreakIterator";
    }

    @Override
    public Workload open(Side side, String address) {
        return side == Side.OURS ? SmsSplits::split : SmsSplits::walk;
    }

    private static void split(long operations) {
        for (long i = 0; i < operations; i++) {
            Sink.keep(SmsSegments.of(TEXT).parts());
        }
    }

    private static void walk(long operations) {
        for (long i = 0; i < operations; i++) {
            BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
            characters.setText(TEXT);
            int count = 0;
            while (characters.next() != BreakIterator.DONE) {
                count++;
            }
            Sink.keep(count);
        }
    }
}
