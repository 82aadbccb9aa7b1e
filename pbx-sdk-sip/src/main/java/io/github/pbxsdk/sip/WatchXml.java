package io.github.pbxsdk.sip;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads what the server tells in XML. */
final class WatchXml {

    private WatchXml() {}

    /** Returns the texts of all elements of a name; empty if the document can't be read. */
    static Optional<List<String>> texts(byte[] document, String element) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // What comes from the network names no files and no other hosts.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        List<String> texts = new ArrayList<>();
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(document));
            while (xml.hasNext()) {
                xml.next();
                if (xml.isStartElement() && xml.getLocalName().equals(element)) {
                    texts.add(xml.getElementText().strip());
                }
            }
            return Optional.of(texts);
        } catch (XMLStreamException e) {
            // Whatever it is, it says nothing.
            return Optional.empty();
        }
    }
}
