// Runs before the page's own scripts: keeps how many instances the newest instanced drawing of WebGL had, which for a scatter layer are its points.
{
  window.instancesDrawn = 0;
  for (const name of ["drawArraysInstanced", "drawElementsInstanced"]) {
    const plain = WebGL2RenderingContext.prototype[name];
    const at = name === "drawArraysInstanced" ? 3 : 4;
    WebGL2RenderingContext.prototype[name] = function (...given) {
      plain.apply(this, given);
      window.instancesDrawn = given[at];
    };
  }
}
