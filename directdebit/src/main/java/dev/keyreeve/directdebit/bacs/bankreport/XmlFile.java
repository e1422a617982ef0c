package dev.keyreeve.directdebit.bacs.bankreport;

import dev.keyreeve.directdebit.bacs.Faults;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads XML that nobody vouches for into elements: no document type, no entities of its own, and
/// bounds on everything that could grow.
final class XmlFile {

  static final int MAX_BYTES = 16 * 1024 * 1024;
  static final int MAX_DEPTH = 32;
  static final int MAX_ELEMENTS = 400_000;
  static final int MAX_ATTRIBUTES = 64;
  static final int MAX_TEXT = 10_000;
  static final int MAX_NAME = 100;

  private final XMLStreamReader xml;
  private final Faults faults;
  private final ArrayDeque<Element> open = new ArrayDeque<>();
  private int elements;
  private Optional<Element> root = Optional.empty();

  private XmlFile(XMLStreamReader xml, Faults faults) {
    this.xml = xml;
    this.faults = faults;
  }

  /// The root element; empty after a fault.
  static Optional<Element> read(byte[] bytes, Faults faults) {
    if (bytes.length > MAX_BYTES) {
      faults.add(1, "the file is larger than " + MAX_BYTES + " bytes");
      return Optional.empty();
    }

    var text = XmlBytes.decode(bytes);
    if (text.isEmpty()) {
      faults.add(1, "the bytes are no text in the encoding that they claim");
      return Optional.empty();
    }

    try {
      var xml = factory().createXMLStreamReader(new StringReader(text.get()));
      return new XmlFile(xml, faults).read();
    } catch (XMLStreamException e) {
      var location = e.getLocation();
      faults.add(location == null ? 1 : Math.max(1, location.getLineNumber()), "this is not XML");
      return Optional.empty();
    }
  }

  /// Some files make the parser of the JDK throw what is not declared; they are no better for it.
  private Optional<Element> read() throws XMLStreamException {
    try {
      while (faults.isEmpty() && xml.hasNext()) take(xml.next());
    } catch (RuntimeException e) {
      faults.add(line(), "this is not XML");
    }
    return faults.isEmpty() ? root : Optional.empty();
  }

  private void take(int event) {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> start();
      case XMLStreamConstants.END_ELEMENT -> open.pop();
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text();
      case XMLStreamConstants.DTD -> faults.add(line(), "a document type is not allowed");
      case XMLStreamConstants.ENTITY_REFERENCE -> faults.add(line(), "entities are not allowed");
      default -> {} // comments, processing instructions and the end say nothing
    }
  }

  private void start() {
    if (open.size() == MAX_DEPTH) faults.add(line(), "elements are nested too deep");
    if (elements++ == MAX_ELEMENTS) faults.add(line(), "there are too many elements");
    if (xml.getAttributeCount() > MAX_ATTRIBUTES) {
      faults.add(line(), "there are too many attributes");
    }
    if (xml.getLocalName().length() > MAX_NAME) faults.add(line(), "a name is too long");
    if (!faults.isEmpty()) return;

    var element = new Element(xml.getLocalName(), line(), faults, open.peek());
    for (var i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeNamespace(i) == null) {
        element.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
      }
    }
    if (open.isEmpty()) root = Optional.of(element);
    open.push(element);
  }

  private void text() {
    var element = open.element();
    if (element.textLength() + xml.getTextLength() > MAX_TEXT) {
      faults.add(line(), "the text is too long");
      return;
    }
    element.append(xml.getText());
  }

  private int line() {
    return Math.max(1, xml.getLocation().getLineNumber());
  }

  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver(
        (_, _, _, _) -> {
          throw new XMLStreamException("nothing outside the file is read");
        });
    return factory;
  }
}
