package org.shuniu.gateway;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Makes a problem of what the server itself refused before any controller saw it. */
@RestController
final class RefusedByServer implements ErrorController {

    @RequestMapping("/error")
    ResponseEntity<byte[]> refused(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        return ProblemAdvice.known(status instanceof Integer code ? code : 404, HttpHeaders.EMPTY);
    }
}
