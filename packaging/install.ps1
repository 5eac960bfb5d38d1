# Installs Anteroom for you alone, on Windows (PowerShell 5 or newer): it downloads the archive, compares its checksum, puts the
# program into a folder of your own and adds that folder to your PATH. It needs no administrator.
#   $env:ANTEROOM_INSTALL   another folder for the program; your PATH is then left as it is
#   $env:ANTEROOM_FROM      another place to download from
# packaging/make.py fills in the version, the addresses and the archive's name; each release has its own installer.
# Everything is in a function that the last line calls, so that half a download of this file does nothing.

function Install-Anteroom {
    $ErrorActionPreference = 'Stop'
    # The progress bar of PowerShell 5 makes a download many times slower.
    $ProgressPreference = 'SilentlyContinue'
    [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12

    $from = if ($env:ANTEROOM_FROM) { $env:ANTEROOM_FROM } else { '{release}' }
    $into = if ($env:ANTEROOM_INSTALL) { $env:ANTEROOM_INSTALL } else { Join-Path $env:LOCALAPPDATA 'Programs\Anteroom' }
    $archive = '{archive}'
    if (-not [Environment]::Is64BitOperatingSystem) {
        throw "There's no Anteroom for 32-bit Windows."
    }

    $work = Join-Path ([IO.Path]::GetTempPath()) ('anteroom-' + [Guid]::NewGuid())
    $new = Join-Path $into 'anteroom-new.exe'
    New-Item -ItemType Directory -Path $work | Out-Null
    try {
        Write-Host 'Downloading Anteroom {version} ...'
        $zip = Join-Path $work $archive
        $sum = Join-Path $work 'expected'
        Invoke-WebRequest -UseBasicParsing -Uri "$from/$archive" -OutFile $zip
        Invoke-WebRequest -UseBasicParsing -Uri "$from/$archive.sha256" -OutFile $sum
        $expected = ((Get-Content -Raw $sum).Trim() -split '\s+')[0]
        $actual = (Get-FileHash -Algorithm SHA256 $zip).Hash
        if ($expected -ne $actual) {
            throw "The download isn't what was published, so nothing was installed. Please try again. If it happens again, tell us: {repository}/issues (expected $expected, received $actual)"
        }
        Expand-Archive -Path $zip -DestinationPath $work
        $program = Join-Path $work '{folder}\anteroom.exe'
        & $program --version | Out-Null
        if ($LASTEXITCODE -ne 0) {
            throw "The program doesn't run on this computer. Nothing was installed."
        }
        New-Item -ItemType Directory -Force -Path $into | Out-Null
        # Put beside the old program first, then moved over it, so that there's always a whole one.
        Copy-Item $program $new -Force
        try {
            Move-Item $new (Join-Path $into 'anteroom.exe') -Force
        } catch {
            throw 'Anteroom is running. Close it (Ctrl-C in its window), then try again. The old version is still there.'
        }
    } finally {
        Remove-Item -Recurse -Force $work -ErrorAction SilentlyContinue
        Remove-Item -Force $new -ErrorAction SilentlyContinue
    }

    Write-Host "Installed: $(Join-Path $into 'anteroom.exe')"
    if ($env:ANTEROOM_INSTALL) {
        Write-Host "Your PATH is as it was. Type the whole path, or add the folder to your PATH yourself."
    } else {
        Add-ToPath $into
    }
    Write-Host 'Start with: anteroom new my-site'
    Write-Host "To remove it, delete the folder $into."
}

# Adds a folder to the person's own PATH. It is read and written as it is stored, so that parts such as %USERPROFILE% stay.
function Add-ToPath([string] $folder) {
    $key = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Environment', $true)
    try {
        $stored = [string] $key.GetValue('Path', '', [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames)
        if (($stored -split ';') -notcontains $folder) {
            $parts = @($stored.TrimEnd(';'), $folder) | Where-Object { $_ }
            $key.SetValue('Path', ($parts -join ';'), [Microsoft.Win32.RegistryValueKind]::ExpandString)
            # Setting any variable this way tells the other programs that the PATH has changed.
            [Environment]::SetEnvironmentVariable('ANTEROOM_PATH_CHANGED', $null, 'User')
            Write-Host 'The folder was added to your PATH. Windows that are already open see it after you open them again.'
        }
    } finally {
        $key.Close()
    }
    if (($env:Path -split ';') -notcontains $folder) {
        $env:Path = "$env:Path;$folder"
    }
}

Install-Anteroom
