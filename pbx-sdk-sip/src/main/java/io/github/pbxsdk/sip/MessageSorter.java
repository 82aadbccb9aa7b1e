package io.github.pbxsdk.sip;

import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.transport.FlowReader;
import io.github.pbxsdk.sip.internal.wire.MalformedMessageException;
import io.github.pbxsdk.sip.internal.wire.SipMessage;
import io.github.pbxsdk.sip.internal.wire.SipRequest;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives what arrives to whom it concerns: answers to those who asked, requests to who answers. */
final class MessageSorter implements FlowReader {

    private static final Logger log = LoggerFactory.getLogger(MessageSorter.class);

    private final String source;
    private final ClientTransactions transactions;
    private final Incoming incoming;

    MessageSorter(String source, ClientTransactions transactions, Incoming incoming) {
        this.source = source;
        this.transactions = transactions;
        this.incoming = incoming;
    }

    @Override
    public void received(Flow flow, SipMessage message) {
        try {
            if (message instanceof SipResponse response) {
                if (response.headers().all("Via").size() == 1) {
                    transactions.received(flow, response);
                }
            } else if (message instanceof SipRequest request) {
                incoming.received(flow, request);
            }
        } catch (MalformedMessageException e) {
            unreadable(flow, e);
        } catch (RuntimeException e) {
            log.warn("{}: a message could not be handled", source, e);
        }
    }

    @Override
    public void unreadable(Flow flow, MalformedMessageException problem) {
        log.debug(
                "{}: a message from {} cannot be read: {}",
                source,
                flow.peer(),
                problem.getMessage());
    }
}
