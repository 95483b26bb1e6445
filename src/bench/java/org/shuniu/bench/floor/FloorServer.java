package org.shuniu.bench.floor;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** The hub's own HTTP server with one servlet and no filters. */
final class FloorServer extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Intake intake;

    private FloorServer(Intake intake) {
        this.intake = intake;
    }

    static void start(int port, Intake intake) throws LifecycleException, IOException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("floor-tomcat").toString());
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxKeepAliveRequests", "-1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "intake", new FloorServer(intake));
        context.addServletMappingDecoded("/*", "intake");
        tomcat.start();
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        byte[] receipt = intake.accept(request.getHeader("Idempotency-Key"), body);
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setContentType("application/json");
        response.setContentLength(receipt.length);
        response.getOutputStream().write(receipt);
    }
}
