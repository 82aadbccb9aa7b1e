package io.github.pbxsdk.benchmarks;

import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ViaHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;

/** Texts over a plain stack of JAIN SIP, as its users send them. */
final class JainSipTexts extends SipTexts.Pipeline implements SipListener {

    private static final byte[] TEXT = "Door 4 is open".getBytes(StandardCharsets.UTF_8);

    private final String transport;
    private final int port;
    private final SipStackImpl stack;
    private final ListeningPoint listening;
    private final SipProvider provider;
    private final AddressFactory addresses;
    private final HeaderFactory headers;
    private final MessageFactory messages;
    private long sequence;

    JainSipTexts(String transport, int port) throws Exception {
        this.transport = transport;
        this.port = port;
        Properties settings = new Properties();
        settings.setProperty("javax.sip.STACK_NAME", "benchmark");
        settings.setProperty("gov.nist.javax.sip.STACK_LOGGER", SilentSipLogger.class.getName());
        settings.setProperty("gov.nist.javax.sip.SERVER_LOGGER", SilentSipLogger.class.getName());
        stack = new SipStackImpl(settings);
        SipFactory factory = SipFactory.getInstance();
        addresses = factory.createAddressFactory();
        headers = factory.createHeaderFactory();
        messages = factory.createMessageFactory();
        listening = stack.createListeningPoint("127.0.0.1", freePort(), transport);
        provider = stack.createSipProvider(listening);
        provider.addSipListener(this);
        stack.start();
    }

    /** The library takes no 0 for any port. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    void send(String to) throws Exception {
        SipURI uri = addresses.createSipURI(to, "127.0.0.1");
        uri.setPort(port);
        uri.setTransportParam(transport);
        Address from = addresses.createAddress(addresses.createSipURI("1001", "127.0.0.1"));
        ViaHeader via = headers.createViaHeader("127.0.0.1", listening.getPort(), transport, null);
        Request request =
                messages.createRequest(
                        uri,
                        Request.MESSAGE,
                        provider.getNewCallId(),
                        headers.createCSeqHeader(++sequence, Request.MESSAGE),
                        headers.createFromHeader(from, "benchmark"),
                        headers.createToHeader(addresses.createAddress(uri), null),
                        List.of(via),
                        headers.createMaxForwardsHeader(70));
        request.setContent(TEXT, headers.createContentTypeHeader("text", "plain"));
        ClientTransaction transaction = provider.getNewClientTransaction(request);
        transaction.sendRequest();
    }

    @Override
    public void processResponse(ResponseEvent event) {
        answered(event.getResponse());
    }

    @Override
    public void processRequest(RequestEvent event) {
        // Nobody calls.
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        // The pipeline notices that an answer is missing.
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        // As above.
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        // All is done when the answer is there.
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        // There is none.
    }

    @Override
    public void close() {
        stack.stop();
    }
}
